-- Grain: one row per day and ad.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_reddit_ads__ad_report'),
        ['ad_id', 'account_id', 'date', 'region'],
        '_fivetran_synced',
        ['spend']
    ) | indent(4) }}

),

ads as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_reddit_ads__ad'),
        'id',
        '_fivetran_synced',
        ['click_url', 'campaign_id']
    ) | indent(4) }}

),

campaigns as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_reddit_ads__campaign'), 'id', '_fivetran_synced', ['name']
    ) | indent(4) }}

),

accounts as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_reddit_ads__business_account'),
        'id',
        '_fivetran_synced',
        ['currency']
    ) | indent(4) }}

),

-- Micros are summed before amounts are rounded.
daily as (

    select
        date as spend_date,
        ad_id,
        account_id,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        {{ micros_as_amount('sum(spend)') }} as cost,
        max(_fivetran_synced) as loaded_at
    from report
    group by
        date,
        ad_id,
        account_id

),

final as (

    select
        daily.spend_date,
        {%- if adapter_setting('reddit_ads', 'campaign_by') == 'id' %}
        {{ tags_of_ad('reddit_ads', 'ads.click_url', 'ads.campaign_id') | indent(8) }},
        {%- else %}
        {{ tags_of_ad(
            'reddit_ads',
            'ads.click_url',
            'coalesce(' ~ name_as_tag('campaigns.name') ~ ', ads.campaign_id)'
        ) | indent(8) }},
        {%- endif %}
        daily.impressions,
        daily.clicks,
        daily.cost,
        accounts.currency as currency_code,
        daily.loaded_at
    from daily
    left join ads
        on daily.ad_id = ads.id
    left join campaigns
        on ads.campaign_id = campaigns.id
    left join accounts
        on daily.account_id = accounts.id

)

select * from final
