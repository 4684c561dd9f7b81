-- Grain: one row per day and ad.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_tiktok_ads__ad_report_hourly'),
        ['ad_id', 'stat_time_hour'],
        '_fivetran_synced',
        ['spend', 'conversion']
    ) | indent(4) }}

),

ads as (

    select * from {{ ref('assisted_conversions', 'base_tiktok_ads__ads') }}

),

daily as (

    select
        ad_id,
        cast(stat_time_hour as date) as spend_date,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        {{ sum_of_amounts('spend') }} as cost,
        max(_fivetran_synced) as loaded_at
    from report
    group by
        ad_id,
        cast(stat_time_hour as date)

),

final as (

    select
        daily.spend_date,
        coalesce(
            ads.utm_source, {{ text_literal(adapter_setting('tiktok_ads', 'source')) }}
        ) as utm_source,
        coalesce(
            ads.utm_medium, {{ text_literal(adapter_setting('tiktok_ads', 'medium')) }}
        ) as utm_medium,
        ads.utm_campaign,
        ads.utm_content,
        daily.impressions,
        daily.clicks,
        daily.cost,
        ads.currency as currency_code,
        daily.loaded_at
    from daily
    left join ads
        on daily.ad_id = ads.ad_id

)

select * from final
