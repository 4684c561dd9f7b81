-- Grain: one row per currency and day from which a rate counts.
{{ config(meta={'keeps_changes': true}) }}
with

exchange_rates as (

    {{ latest_rows(
        ref('base_exchange_rates'),
        ['rate_date', 'currency_code'],
        ['rate desc']
    ) | indent(4) }}

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
    from exchange_rates
    where duplicate_rank = 1

)

select * from final
