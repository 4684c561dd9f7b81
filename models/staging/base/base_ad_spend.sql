-- Grain: one row per row of the raw table ad_spend.
with

ad_spend as (

    {{ read_raw_rows(raw_relation('ad_spend'), 'ad_spend', rule('junk_ids'), none) | indent(4) }}

),

exchange_rates as (

    select * from {{ ref('assisted_conversions', 'stg_exchange_rates') }}

),

priced as (

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
            when exchange_rate is null then 'no_exchange_rate'
            when cost < 0 then 'negative_cost'
            when cost * exchange_rate > {{ largest_amount() }} then 'bad_number'
        end as reject_reason
    from priced

),

final as (

    select
        * {{ except_columns(['raw_values']) }},
        case when reject_reason is not null then {{ json_text('raw_values') }} end as raw_record
    from with_all_reasons

)

select * from final
