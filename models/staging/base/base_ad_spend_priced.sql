-- Grain: one row per row of the raw table ad_spend.
-- Adds the exchange rate, and the reasons to reject that need it. A table, as it is read several
-- times.
{{ config(materialized='table') }}
with

ad_spend as (

    select * from {{ ref('assisted_conversions', 'base_ad_spend') }}

),

exchange_rates as (

    select * from {{ ref('assisted_conversions', 'stg_exchange_rates') }}

),

with_rate as (

    select
        ad_spend.*,
        {{ exchange_rate('ad_spend.currency_code', 'exchange_rates.rate') }} as exchange_rate
    from ad_spend
    left join exchange_rates
        on
            ad_spend.currency_code = exchange_rates.currency_code
            and ad_spend.spend_date >= exchange_rates.rate_date
            and ad_spend.spend_date < exchange_rates.next_rate_date

),

with_all_reasons as (

    select
        *,
        case
            when reject_reason is not null then reject_reason
            when {{ is_too_large('cost * exchange_rate') }} then 'bad_number'
            when exchange_rate is null then 'no_exchange_rate'
            when cost < 0 then 'negative_cost'
        end as final_reject_reason
    from with_rate

),

final as (

    select
        row_key,

        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        currency_code,
        final_reject_reason as reject_reason,
        ignored_values,
        case when final_reject_reason is not null then {{ json_text('raw_values') }} end
            as raw_record,

        exchange_rate,
        impressions,
        clicks,
        cost,

        spend_date,
        loaded_at
    from with_all_reasons

)

select * from final
