-- Grain: one row per conversion date and conversion type: what the web and the other systems saw.
{%- set last_28_days = 'over (
            partition by conversion_type
            order by ' ~ days_from("date '2000-01-01'", 'conversion_date') ~ '
            range between 27 preceding and current row
        )' %}
with

matches as (

    select * from {{ ref('assisted_conversions', 'int_conversion_matches') }}

),

days as (

    select
        conversion_date,
        conversion_type,
        count(case when is_web then 1 end) as web_conversions,
        count(case when not is_web then 1 end) as system_conversions,
        count(case when is_web and matched_by = 'order' then 1 end) as matched_by_order,
        count(case when is_web and matched_by = 'person' then 1 end) as matched_by_person,
        count(case when is_web and matched_by is null then 1 end) as web_only,
        count(case when not is_web and matched_by is null then 1 end) as system_only,
        {{ sum_of_amounts('case when is_web then conversion_value else 0 end') }} as web_value,
        {{ sum_of_amounts('case when is_web then 0 else conversion_value end') }} as system_value
    from matches
    group by
        conversion_date,
        conversion_type

),

-- A type that only one side records can't drift.
compared as (

    select
        *,
        sum(web_conversions) {{ last_28_days }} > 0
        and sum(system_conversions) {{ last_28_days }} > 0 as has_both_sides
    from days

),

final as (

    select
        conversion_date,
        conversion_type,

        web_conversions,
        system_conversions,
        matched_by_order,
        matched_by_person,
        web_only,
        system_only,
        web_value,
        system_value,
        case when has_both_sides then {{ ratio('web_conversions', 'system_conversions') }} - 1 end
            as count_drift,
        case when has_both_sides then {{ ratio('web_value', 'system_value') }} - 1 end
            as value_drift,
        has_both_sides
    from compared

)

select * from final
