-- Grain: one row per conversion date and conversion type: what the web and the other systems saw.
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

-- A type that only one side records, within 28 days, can't drift.
sides as (

    select
        days.conversion_date,
        days.conversion_type,
        sum(recent.web_conversions) > 0 and sum(recent.system_conversions) > 0 as has_both_sides
    from days
    inner join days as recent
        on days.conversion_type = recent.conversion_type
        and days.conversion_date >= recent.conversion_date
        and {{ later_date('days.conversion_date', -27) }} <= recent.conversion_date
    group by
        days.conversion_date,
        days.conversion_type

),

compared as (

    select
        days.*,
        sides.has_both_sides
    from days
    inner join sides
        on days.conversion_date = sides.conversion_date
        and days.conversion_type = sides.conversion_type

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
