-- Grain: one row per conversion date and conversion type that web, CRM or backend recorded.
{%- set most = setting('max_conversion_drift') %}
with

drift as (

    select * from {{ ref('assisted_conversions', 'int_conversion_drift') }}

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
        count_drift,
        value_drift,
        case
            when has_both_sides then
                system_conversions >= 10
                and round(
                    greatest(abs(coalesce(count_drift, 0)), abs(coalesce(value_drift, 0))), 9
                ) > {{ most }}
        end as is_flagged
    from drift

)

select * from final
