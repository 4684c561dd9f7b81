-- Grain: one row per click with a gclid.
{{ config(enabled=adapter_is_on('google_ads')) }}
with

clicks as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__click_view') }}

),

campaigns as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__campaigns') }}

),

final as (

    select
        'gclid' as parameter,
        clicks.gclid as click_id,
        campaigns.utm_source,
        campaigns.utm_medium,
        coalesce(campaigns.utm_campaign, clicks.campaign_id) as utm_campaign,
        clicks.keyword as utm_term,
        clicks._fivetran_synced as loaded_at
    from clicks
    left join campaigns
        on clicks.campaign_id = campaigns.id
    where clicks.gclid is not null

)

select * from final
