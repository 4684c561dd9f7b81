-- Grain: one row per day.
{{ config(enabled=adapter_is_on('microsoft_ads')) }}
with

report as (

    select
        date,
        coalesce(conversions_qualified, conversions, 0) as conversions,
        {{ claimed_in_reporting_currency('revenue', 'currency_code') }} as claimed_value
    from {{ ref('assisted_conversions', 'base_microsoft_ads__campaign_performance_daily_report') }}

),

final as (

    select
        date as claim_date,
        'microsoft' as platform,
        '{{ adapter_setting("microsoft_ads", "conversion_type") }}' as conversion_type,
        sum(conversions) as claimed_conversions,
        {{ sum_of_amounts('claimed_value') }} as claimed_value
    from report
    group by date
    having sum(conversions) != 0

)

select * from final
