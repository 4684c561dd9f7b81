-- Grain: one row per row of the raw table ad_spend.
-- Adds the exchange rate, and the reasons to reject that need it.
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
        * {{ except_columns(['reject_reason']) }},
        case
            when reject_reason is not null then reject_reason
            when {{ is_too_large('cost * exchange_rate') }} then 'bad_number'
            when exchange_rate is null then 'no_exchange_rate'
            when cost < 0 then 'negative_cost'
        end as reject_reason
    from with_rate

),

final as (

    select
        * {{ except_columns(['raw_values']) }},
        case when reject_reason is not null then {{ json_text('raw_values') }} end as raw_record
    from with_all_reasons

)

select * from final
