-- Grain: one row per day, campaign and account.
{{ config(enabled=adapter_is_on('google_ads')) }}
with

campaign_stats as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__campaign_stats') }}

),

campaigns as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__campaigns') }}

),

accounts as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__accounts') }}

),

-- Micros are summed before amounts are rounded.
daily as (

    select
        date as spend_date,
        id as campaign_id,
        customer_id,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        {{ micros_as_amount('sum(cost_micros)') }} as cost,
        max(_fivetran_synced) as loaded_at
    from campaign_stats
    group by
        date,
        id,
        customer_id

),

final as (

    select
        daily.spend_date,
        coalesce(
            campaigns.utm_source, {{ text_literal(adapter_setting('google_ads', 'source')) }}
        ) as utm_source,
        coalesce(
            campaigns.utm_medium, {{ text_literal(adapter_setting('google_ads', 'medium')) }}
        ) as utm_medium,
        coalesce(campaigns.utm_campaign, daily.campaign_id) as utm_campaign,
        daily.impressions,
        daily.clicks,
        daily.cost,
        accounts.currency_code,
        daily.loaded_at
    from daily
    left join campaigns
        on daily.campaign_id = campaigns.id
    left join accounts
        on daily.customer_id = accounts.id

)

select * from final
