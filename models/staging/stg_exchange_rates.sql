-- Grain: one row per currency and day from which a rate counts.
with

exchange_rates as (

    select * from {{ ref('assisted_conversions', 'base_exchange_rates') }}
    where reject_reason is null

),

-- Of several rates of one day the highest counts.
daily_rates as (

    select
        currency_code,
        rate_date,
        max(rate) as rate,
        count(*) - 1 as removed_duplicates
    from exchange_rates
    group by
        currency_code,
        rate_date

),

final as (

    select
        currency_code,

        rate,
        removed_duplicates,

        rate_date,
        coalesce(
            lead(rate_date) over (partition by currency_code order by rate_date),
            date '9999-12-31'
        ) as next_rate_date
    from daily_rates

)

select * from final
