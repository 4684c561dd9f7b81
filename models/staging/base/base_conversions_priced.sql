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
        conversions.*,
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
        *,
        case
            when not {{ is_too_large('value * exchange_rate') }} then value * exchange_rate
        end as known_value,
        case
            when not {{ is_too_large('refunded_value * exchange_rate') }}
                then refunded_value * exchange_rate
        end as known_refund,
        coalesce(known_status, 'confirmed') as final_status,
        {{ with_ignored_values('ignored_values', [
            {
                'name': 'status',
                'raw': struct_field('raw_values', 'status'),
                'condition': '(status is not null and known_status is null)',
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
        ]) | indent(8) }} as all_ignored_values
    from with_rate

),

with_values as (

    select
        *,
        coalesce(known_value, default_value, 0) as gross_value,
        case
            when known_refund is not null then known_refund
            when final_status = 'refunded' then coalesce(known_value, default_value, 0)
            else 0
        end as refund_value,
        case
            when reject_reason is not null then reject_reason
            when not has_known_type then 'unknown_conversion_type'
            when exchange_rate is null then 'no_exchange_rate'
        end as final_reject_reason
    from with_readable_amounts

),

-- JSON is expensive to write, and only the audit of rejected rows reads it.
final as (

    select
        conversion_id,
        source_system,
        visitor_key,
        user_key,
        email_key,
        order_id,
        row_key,

        conversion_type,
        final_status as status,
        {% for column in segment_attributes() -%}
        {{ column }},
        {% endfor -%}
        final_reject_reason as reject_reason,
        all_ignored_values as ignored_values,
        case when final_reject_reason is not null then {{ json_text('raw_values') }} end
            as raw_record,

        gross_value,
        refund_value,

        converted_at,
        updated_at,
        loaded_at
    from with_values

)

select * from final
