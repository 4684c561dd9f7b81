-- Grain: one row per spend date, channel, source, medium, campaign and content.
with

ad_spend as (

    select * from {{ ref('assisted_conversions', 'stg_ad_spend') }}

),

traffic_sources as (

    select * from {{ ref('assisted_conversions', 'int_traffic_sources') }}

),

final as (

    select
        ad_spend.spend_date,
        traffic_sources.channel,
        traffic_sources.source,
        traffic_sources.medium,
        traffic_sources.campaign,
        ad_spend.utm_content as content,

        cast(sum(ad_spend.impressions) as bigint) as impressions,
        cast(sum(ad_spend.clicks) as bigint) as clicks,
        {{ sum_of_amounts('ad_spend.cost') }} as cost
    from ad_spend
    inner join traffic_sources
        on ad_spend.traffic_key = traffic_sources.traffic_key
    group by
        ad_spend.spend_date,
        traffic_sources.channel,
        traffic_sources.source,
        traffic_sources.medium,
        traffic_sources.campaign,
        ad_spend.utm_content

)

select * from final
