-- Grain: one row per ad.
-- Its tags are those of its URL, with TikTok's placeholders filled in.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
{%- set placeholders = {
    '__CAMPAIGN_ID__': 'ads.campaign_id',
    '__CAMPAIGN_NAME__': name_as_tag('campaigns.campaign_name'),
    '__AID__': 'ads.adgroup_id',
    '__AID_NAME__': name_as_tag('adgroups.adgroup_name'),
    '__CID__': 'ads.ad_id',
    '__CID_NAME__': name_as_tag('ads.ad_name'),
} %}
with

ad_history as (

    select * from {{ ref('assisted_conversions', 'base_tiktok_ads__ad_history') }}

),

adgroup_history as (

    select * from {{ ref('assisted_conversions', 'base_tiktok_ads__adgroup_history') }}

),

campaign_history as (

    select * from {{ ref('assisted_conversions', 'base_tiktok_ads__campaign_history') }}

),

advertiser as (

    select * from {{ ref('assisted_conversions', 'base_tiktok_ads__advertiser') }}

),

ads as (

    {{ latest_versions(
        'ad_history', 'ad_id', 'updated_at', ['ad_name', 'landing_page_url']
    ) | indent(4) }}

),

adgroups as (

    {{ latest_versions(
        'adgroup_history', 'adgroup_id', 'updated_at', ['adgroup_name']
    ) | indent(4) }}

),

campaigns as (

    {{ latest_versions(
        'campaign_history', 'campaign_id', 'updated_at', ['campaign_name']
    ) | indent(4) }}

),

accounts as (

    {{ latest_versions('advertiser', 'id', '_fivetran_synced', ['currency']) | indent(4) }}

),

final as (

    select
        ads.ad_id,
        accounts.currency,
        adgroups.optimization_event,
        {{ tags_of_ad(
            'tiktok_ads',
            'ads.landing_page_url',
            'coalesce(' ~ name_as_tag('campaigns.campaign_name') ~ ', ads.campaign_id)',
            placeholders,
            '__[A-Z_]+__'
        ) | indent(8) }}
    from ads
    left join adgroups
        on ads.adgroup_id = adgroups.adgroup_id
    left join campaigns
        on ads.campaign_id = campaigns.campaign_id
    left join accounts
        on ads.advertiser_id = accounts.id

)

select * from final
