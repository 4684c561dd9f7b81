-- Grain: one row per row of the raw table conversions.
-- Adds the value in the reporting currency, and the reasons to reject that need another table: the
-- type and the rate. Statuses get the names of our own. A table: it is read several times, and
-- reading raw values is the most expensive step of staging.
{{ config(materialized='table') }}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'base_conversions') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

conversion_statuses as (

    select * from {{ rule('conversion_statuses') }}

),

exchange_rates as (

    select * from {{ ref('assisted_conversions', 'stg_exchange_rates') }}

),

with_rate as (

    select
        conversions.* {{ except_columns(['status']) }},
        conversions.status as raw_status,
        case
            when conversions.status in ('confirmed', 'pending', 'cancelled', 'refunded')
                then conversions.status
            else conversion_statuses.status
        end as known_status,
        {{ exchange_rate('conversions.currency_code', 'exchange_rates.rate') }} as exchange_rate,
        conversion_types.conversion_type is not null as has_known_type,
        conversion_types.default_value
    from conversions
    left join conversion_types
        on conversions.conversion_type = conversion_types.conversion_type
    left join conversion_statuses
        on conversions.status = conversion_statuses.raw_status
    left join exchange_rates
        on conversions.currency_code = exchange_rates.currency_code
        and {{ reporting_date('conversions.converted_at') }} >= exchange_rates.rate_date
        and {{ reporting_date('conversions.converted_at') }} < exchange_rates.next_rate_date

),

-- An amount may be too large only after conversion: then it is ignored here.
with_readable_amounts as (

    select
        * {{ except_columns(['value', 'refunded_value', 'ignored_values']) }},
        case when not {{ is_too_large('value * exchange_rate') }} then value end as value,
        case
            when not {{ is_too_large('refunded_value * exchange_rate') }} then refunded_value
        end as refunded_value,
        coalesce(known_status, 'confirmed') as status,
        {{ with_ignored_values('ignored_values', [
            {
                'name': 'status',
                'raw': struct_field('raw_values', 'status'),
                'condition': '(raw_status is not null and known_status is null)',
            },
            {
                'name': 'value',
                'raw': struct_field('raw_values', 'value'),
                'condition': is_too_large('value * exchange_rate'),
            },
            {
                'name': 'refunded_value',
                'raw': struct_field('raw_values', 'refunded_value'),
                'condition': is_too_large('refunded_value * exchange_rate'),
            },
        ]) | indent(8) }} as ignored_values
    from with_rate

),

with_values as (

    select
        *,
        coalesce(value * exchange_rate, default_value, 0) as gross_value,
        case
            when refunded_value is not null then refunded_value * exchange_rate
            when status = 'refunded' then coalesce(value * exchange_rate, default_value, 0)
            else 0
        end as refund_value
    from with_readable_amounts

),

with_all_reasons as (

    select
        * {{ except_columns(['reject_reason']) }},
        case
            when reject_reason is not null then reject_reason
            when not has_known_type then 'unknown_conversion_type'
            when exchange_rate is null then 'no_exchange_rate'
        end as reject_reason
    from with_values

),

-- JSON is expensive to write, and only the audit of rejected rows reads it.
final as (

    select
        * {{ except_columns(['raw_values']) }},
        case when reject_reason is not null then {{ json_text('raw_values') }} end as raw_record
    from with_all_reasons

)

select * from final
