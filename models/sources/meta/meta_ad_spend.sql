-- Grain: one row per day and ad.
{{ config(enabled=adapter_is_on('meta')) }}
with

basic_ad as (

    select * from {{ ref('assisted_conversions', 'base_meta__basic_ad') }}

),

ads as (

    select * from {{ ref('assisted_conversions', 'base_meta__ads') }}

),

accounts as (

    select * from {{ ref('assisted_conversions', 'base_meta__accounts') }}

),

final as (

    select
        basic_ad.date as spend_date,
        coalesce(
            ads.utm_source, {{ text_literal(adapter_setting('meta', 'source')) }}
        ) as utm_source,
        coalesce(
            ads.utm_medium, {{ text_literal(adapter_setting('meta', 'medium')) }}
        ) as utm_medium,
        ads.utm_campaign,
        ads.utm_content,
        basic_ad.impressions,
        basic_ad.inline_link_clicks as clicks,
        basic_ad.spend as cost,
        accounts.currency as currency_code,
        basic_ad._fivetran_synced as loaded_at
    from basic_ad
    left join ads
        on basic_ad.ad_id = ads.ad_id
    left join accounts
        on basic_ad.account_id = accounts.id

)

select * from final
