-- Grain: one row per day and conversion type.
-- Conversions on the website and lead forms on LinkedIn are counted apart.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_linkedin_ads__ad_analytics_by_creative'),
        ['creative_id', 'day'],
        '_fivetran_synced',
        ['cost_in_local_currency', 'external_website_conversions']
    ) | indent(4) }}

),

creatives as (

    select * from {{ ref('assisted_conversions', 'base_linkedin_ads__creatives') }}

),

claims as (

    select
        creative_id,
        day,
        {{ quote_text(adapter_setting('linkedin_ads', 'conversion_type')) }} as conversion_type,
        external_website_conversions as conversions,
        conversion_value_in_local_currency as conversions_value
    from report
    union all
    select
        creative_id,
        day,
        {{ quote_text(adapter_setting('linkedin_ads', 'lead_type')) }} as conversion_type,
        one_click_leads as conversions,
        cast(null as {{ amount_type() }}) as conversions_value
    from report

),

final as (

    select
        claims.day as claim_date,
        'linkedin' as platform,
        claims.conversion_type,
        sum(claims.conversions) as claimed_conversions,
        {{ sum_of_amounts(
            claimed_in_reporting_currency('claims.conversions_value', 'creatives.currency')
        ) }} as claimed_value
    from claims
    left join creatives
        on claims.creative_id = creatives.creative_id
    where claims.conversion_type is not null
    group by
        claims.day,
        claims.conversion_type
    having sum(claims.conversions) != 0

)

select * from final
