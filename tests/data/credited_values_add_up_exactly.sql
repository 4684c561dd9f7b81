-- What: in every model that credits single touches, credited values add up to the value of the
--     conversions, to the last digit: per day and type in the daily facts, per group in
--     rpt_model_comparison.
-- Why: a cent that is lost in every other conversion is a thousand dollars in a year, and nobody
--     trusts two tables that disagree.
-- Resolve: sum amounts that were rounded within their conversion (int_touch_values,
--     int_channel_values), as decimals; never round a sum of doubles.
{%- set daily_facts = ['fct_channel_performance_daily', 'fct_campaign_performance_daily'] %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

due as (

    {% for fact in daily_facts -%}
    select
        '{{ fact }}' as table_name,
        cast(conversion_date as {{ dbt.type_string() }}) as period,
        conversion_type as name,
        sum(conversion_value) as conversion_value
    from conversions
    group by conversion_date, conversion_type
    {{ 'union all' if not loop.last }}
    {% endfor -%}
    union all
    select
        'rpt_model_comparison' as table_name,
        'all' as period,
        conversion_groups.conversion_group as name,
        sum(conversions.conversion_value) as conversion_value
    from conversions
    inner join {{ ref('assisted_conversions', 'int_conversion_groups') }} as conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    where conversion_groups.conversion_group in (
        select comparison.conversion_group
        from {{ ref('assisted_conversions', 'rpt_model_comparison') }} as comparison
    )
    group by conversion_groups.conversion_group

),

found as (

    {% for fact in daily_facts -%}
    {% for model in rule_models() -%}
    select
        '{{ fact }}' as table_name,
        cast(conversion_date as {{ dbt.type_string() }}) as period,
        conversion_type as name,
        '{{ model }}' as attribution_model,
        sum(value_{{ model }}) as credited_value
    from {{ ref('assisted_conversions', fact) }}
    group by conversion_date, conversion_type
    union all
    {% endfor -%}
    {% endfor -%}
    select
        'rpt_model_comparison' as table_name,
        'all' as period,
        conversion_group as name,
        attribution_model,
        sum(credited_value) as credited_value
    from {{ ref('assisted_conversions', 'rpt_model_comparison') }}
    where attribution_model in ({{ quoted_list(touch_models()) }})
    group by conversion_group, attribution_model

)

select
    due.*,
    found.attribution_model,
    found.credited_value
from due
left join found
    on due.table_name = found.table_name
    and due.period = found.period
    and due.name = found.name
where coalesce(found.credited_value != due.conversion_value, true)
