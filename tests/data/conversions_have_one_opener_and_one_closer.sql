-- What: at every level of the roles facts, as many conversions are opened and closed as are
--     attributed, and the value closed is their value.
-- Why: users rely on first and last touches to add up over channels, campaigns and pages.
-- Resolve: look at role_flags and at the columns by which the fact groups: a conversion has two
--     first or last values at that level, or none.
with

attributed as (

    select
        count(*) as conversions,
        coalesce(sum(conversion_value), 0) as conversion_value
    from {{ ref('assisted_conversions', 'fct_conversions') }}
    where is_attributed

),

levels as (

    {% for level in [
        'channel', 'campaign', 'landing_page', 'content', 'term', 'source_medium', 'funnel_stage',
        'touch_type'
    ] -%}
    select '{{ level }}' as level_name
    {{ 'union all' if not loop.last }}
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

sums as (

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
    sums.*,
    attributed.conversions,
    attributed.conversion_value
from sums
cross join attributed
where
    sums.first_conversions != attributed.conversions
    or sums.last_conversions != attributed.conversions
    or sums.last_value != attributed.conversion_value
