-- Grain: one row per day and ad, or per hour and ad where the report is by hour.
-- Impressions and clicks are also those of people to whom somebody passed the ad on by saving it.
{{ config(enabled=adapter_is_on('pinterest_ads')) }}
{%- set name = name_as_tag('campaigns.name') %}
{%- set placeholders = {
    '{campaignid}': 'report.campaign_id',
    '{campaignname}': name,
    '{campaign_name}': name,
    '{adgroupid}': 'ads.ad_group_id',
    '{adid}': 'report.pin_promotion_id',
} %}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_pinterest_ads__pin_promotion_report'),
        ['pin_promotion_id', 'date', 'ad_group_id', 'campaign_id', 'advertiser_id'],
        '_fivetran_synced',
        ['spend_in_micro_dollar', 'total_conversions']
    ) | indent(4) }}

),

pin_promotion_history as (

    select * from {{ ref('assisted_conversions', 'base_pinterest_ads__pin_promotion_history') }}

),

campaign_history as (

    select * from {{ ref('assisted_conversions', 'base_pinterest_ads__campaign_history') }}

),

advertiser_history as (

    select * from {{ ref('assisted_conversions', 'base_pinterest_ads__advertiser_history') }}

),

ads as (

    {{ latest_versions(
        'pin_promotion_history', 'id', '_fivetran_synced', ['destination_url']
    ) | indent(4) }}

),

campaigns as (

    {{ latest_versions('campaign_history', 'id', '_fivetran_synced', ['name']) | indent(4) }}

),

accounts as (

    {{ latest_versions('advertiser_history', 'id', 'updated_time', ['currency']) | indent(4) }}

),

final as (

    select
        cast(report.date as date) as spend_date,
        {{ tags_of_ad(
            'pinterest_ads',
            'ads.destination_url',
            'coalesce(' ~ name ~ ', report.campaign_id)',
            placeholders
        ) | indent(8) }},
        coalesce(report.impression_1, 0) + coalesce(report.impression_2, 0) as impressions,
        coalesce(report.clickthrough_1, 0) + coalesce(report.clickthrough_2, 0) as clicks,
        {{ micros_as_amount('report.spend_in_micro_dollar') }} as cost,
        accounts.currency as currency_code,
        report._fivetran_synced as loaded_at
    from report
    left join ads
        on report.pin_promotion_id = ads.id
    left join campaigns
        on report.campaign_id = campaigns.id
    left join accounts
        on report.advertiser_id = accounts.id

)

select * from final
