-- Grain: one row per usable row of the raw table ad_spend.
-- Spend gets its channel by the same rules as the touches it paid for, so that the two match.
with

ad_spend as (

    select * from {{ ref('assisted_conversions', 'base_ad_spend_priced') }}

),

final as (

    select
        {{ traffic_key('utm_source', 'utm_medium', 'utm_campaign', "'utm'") }} as traffic_key,

        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,

        impressions,
        clicks,
        cast(cost * exchange_rate as {{ amount_type() }}) as cost,

        spend_date,
        loaded_at
    from ad_spend
    where reject_reason is null

)

select * from final
