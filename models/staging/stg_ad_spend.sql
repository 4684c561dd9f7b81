-- Grain: one row per usable row of the raw table ad_spend.
with

ad_spend as (

    select * from {{ ref('base_ad_spend_priced') }}

),

final as (

    select
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,

        impressions,
        clicks,
        cast(cost * exchange_rate as decimal(18, 4)) as cost,

        spend_date,
        loaded_at
    from ad_spend
    where reject_reason is null

)

select * from final
