-- Grain: one row per creative.
-- Its tags are those of its URL; LinkedIn keeps that in the column of the ad's format.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{%- set campaign = {
    'name': name_as_tag('campaigns.name'),
    'id': 'creatives.campaign_id',
    'group_name': name_as_tag('campaign_groups.name') ~ ', campaigns.campaign_group_id',
    'group_id': 'campaigns.campaign_group_id',
}[adapter_setting('linkedin_ads', 'campaign_by')] %}
with

creative_history as (

    select * from {{ ref('assisted_conversions', 'base_linkedin_ads__creative_history') }}

),

campaign_history as (

    select * from {{ ref('assisted_conversions', 'base_linkedin_ads__campaign_history') }}

),

campaign_group_history as (

    select * from {{ ref('assisted_conversions', 'base_linkedin_ads__campaign_group_history') }}

),

account_history as (

    select * from {{ ref('assisted_conversions', 'base_linkedin_ads__account_history') }}

),

versions as (

    {{ latest_versions(
        'creative_history', 'id', 'coalesce(last_modified_at, last_modified_time)', ['campaign_id']
    ) | indent(4) }}

),

creatives as (

    select
        id,
        campaign_id,
        coalesce(text_ad_landing_page, spotlight_landing_page, click_uri) as url
    from versions

),

campaigns as (

    {{ latest_versions('campaign_history', 'id', 'last_modified_time', ['name']) | indent(4) }}

),

campaign_groups as (

    {{ latest_versions(
        'campaign_group_history', 'id', 'last_modified_time', ['name']
    ) | indent(4) }}

),

accounts as (

    {{ latest_versions('account_history', 'id', 'last_modified_time', ['currency']) | indent(4) }}

),

final as (

    select
        creatives.id as creative_id,
        accounts.currency,
        {{ tags_of_ad(
            'linkedin_ads', 'creatives.url', 'coalesce(' ~ campaign ~ ', creatives.campaign_id)'
        ) | indent(8) }}
    from creatives
    left join campaigns
        on creatives.campaign_id = campaigns.id
    left join campaign_groups
        on campaigns.campaign_group_id = campaign_groups.id
    left join accounts
        on campaigns.account_id = accounts.id

)

select * from final
