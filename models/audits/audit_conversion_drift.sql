-- Grain: one row per conversion date and conversion type that web, CRM or backend recorded.
{%- set most = setting('max_conversion_drift') %}
with

drift as (

    select * from {{ ref('assisted_conversions', 'int_conversion_drift') }}

),

final as (

    select
        drift.conversion_date,
        drift.conversion_type,
        drift.web_conversions,
        drift.system_conversions,
        drift.matched_by_order,
        drift.matched_by_person,
        drift.web_only,
        drift.system_only,
        drift.web_value,
        drift.system_value,
        drift.count_drift,
        drift.value_drift,
        case
            when has_both_sides then
                system_conversions >= 10
                and {{ rounded(
                    'greatest(abs(coalesce(count_drift, 0)), abs(coalesce(value_drift, 0)))', 9
                ) }} > {{ most }}
        end as is_flagged
    from drift

)

select * from final
