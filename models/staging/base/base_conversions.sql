-- Grain: one row per row of the raw table conversions.
-- A table: it is read several times, and reading raw values is the most expensive step of staging.
{{ config(materialized='table') }}
with

conversions as (

    {{ read_raw_rows(
        raw_relation('conversions'), 'conversions', rule('junk_ids'), none
    ) | indent(4) }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

exchange_rates as (

    select * from {{ ref('assisted_conversions', 'stg_exchange_rates') }}

),

priced as (

    select
        conversions.*,
        {{ exchange_rate('conversions.currency_code', 'exchange_rates.rate') }} as exchange_rate,
        conversion_types.conversion_type is not null as has_known_type,
        conversion_types.default_value
    from conversions
    left join conversion_types
        on conversions.conversion_type = conversion_types.conversion_type
    left join exchange_rates
        on {{ is_rate_of('conversions', 'exchange_rates') }}

),

valued as (

    select
        *,
        coalesce(value * exchange_rate, default_value, 0) as gross_value,
        case
            when refunded_value is not null then refunded_value * exchange_rate
            when status = 'refunded' then coalesce(value * exchange_rate, default_value, 0)
            else 0
        end as refund_value
    from priced

),

with_all_reasons as (

    select
        * {{ except_columns(['reject_reason']) }},
        case
            when reject_reason is not null then reject_reason
            when not has_known_type then 'unknown_conversion_type'
            when exchange_rate is null then 'no_exchange_rate'
            when abs(gross_value) > {{ largest_amount() }} then 'bad_number'
            when abs(refund_value) > {{ largest_amount() }} then 'bad_number'
            when abs(gross_value - refund_value) > {{ largest_amount() }} then 'bad_number'
        end as reject_reason
    from valued

),

-- JSON is expensive to write, and only the audit of rejected rows reads it.
final as (

    select
        * {{ except_columns(['raw_values']) }},
        case when reject_reason is not null then {{ json_text('raw_values') }} end as raw_record
    from with_all_reasons

)

select * from final
