-- What: at every level of the roles facts, the conversions opened and those closed are the
--     attributed conversions, and so is the value closed.
-- Why: first and last touches add up over channels, campaigns and pages; users rely on it.
-- Resolve: look at assisted_conversions_by: a conversion has two firsts or lasts at that level, or
--     none.
with

attributed as (
    select
        count(*) as conversions,
        coalesce(sum(conversion_value), 0) as conversion_value
    from {{ ref('assisted_conversions', 'fct_conversions') }}
    where is_attributed
),

levels as (
    {% for level in ['channel', 'campaign', 'landing_page', 'content', 'term', 'source_medium',
        'funnel_stage', 'touch_type'] -%}
    select '{{ level }}' as level_name
    {{- '\n    union all' if not loop.last }}
    {% endfor %}
),

roles as (
    select
        'channel' as level_name,
        is_first,
        is_last,
        last_value
    from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}
    union all
    select
        'campaign' as level_name,
        is_first,
        is_last,
        last_value
    from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}
    union all
    select
        level as level_name,
        is_first,
        is_last,
        last_value
    from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }}
),

summed as (
    select
        levels.level_name,
        count(case when roles.is_first then 1 end) as first_conversions,
        count(case when roles.is_last then 1 end) as last_conversions,
        coalesce(sum(roles.last_value), 0) as last_value
    from levels
    left join roles
        on levels.level_name = roles.level_name
    group by levels.level_name
)

select
    summed.*,
    attributed.conversions,
    attributed.conversion_value
from summed
cross join attributed
where
    summed.first_conversions != attributed.conversions
    or summed.last_conversions != attributed.conversions
    or summed.last_value != attributed.conversion_value
