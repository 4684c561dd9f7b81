-- Grain: one row per event that the setting names; of orders with an id, one per order. Tests of
-- the house's own are no conversions.
{{ config(enabled=adapter_is_on('ga4'), materialized='table') }}
{%- set text = dbt.type_string() %}
{%- set types = adapter_setting('ga4', 'conversion_types') %}
with

events as (

    select * from {{ ref('assisted_conversions', 'ga4_events') }}
    where event_name in ({{ quoted_list((types | list) + ['refund']) }})

),

junk_ids as (

    select * from {{ rule('junk_ids') }}

),

with_trimmed_ids as (

    select
        *,
        {{ trimmed_text('transaction_id') | indent(8) }} as trimmed_id
    from events

),

with_order_id as (

    select
        with_trimmed_ids.*,
        {{ filled_in_id('with_trimmed_ids.trimmed_id') | indent(8) }} as order_id
    from with_trimmed_ids
    left join junk_ids
        on lower(with_trimmed_ids.trimmed_id) = junk_ids.junk_id

),

key_events as (

    select
        *,
        case event_name
            {%- for event_name, conversion_type in types.items() %}
            when {{ text_literal(event_name) }} then {{ text_literal(conversion_type) }}
            {%- endfor %}
        end as conversion_type,
        case
            when order_id is not null then event_name || '-' || order_id
            else {{ joined_texts("'-'", [
                'event_name',
                'user_pseudo_id',
                'cast(event_timestamp as ' ~ text ~ ')',
                'cast(batch_event_index as ' ~ text ~ ')',
                'cast(event_bundle_sequence_id as ' ~ text ~ ')',
            ]) }}
        end as conversion_id,
        coalesce(purchase_revenue, event_value) as own_value
    from with_order_id
    where event_name in ({{ quoted_list(types | list) }})
        and not is_internal

),

-- Browsers send a purchase again where its page is loaded again, as after consent was given: the
-- first that has a visitor or a user counts, at the time of the first of all.
numbered as (

    select
        *,
        row_number() over (
            partition by conversion_id
            order by
                case when user_pseudo_id is null and user_id is null then 1 else 0 end,
                event_timestamp,
                case when own_value is null then 1 else 0 end,
                own_value,
                coalesce(user_pseudo_id, ''),
                coalesce(user_id, '')
        ) as place,
        min(event_timestamp) over (partition by conversion_id) as first_timestamp
    from key_events

),

refund_events as (

    select distinct
        order_id,
        event_timestamp,
        -- A refund without a value is one of the whole order. Some send it as a negative one.
        nullif(abs(coalesce(refund_value, event_value)), 0) as refunded_value
    from with_order_id
    where event_name = 'refund'
        and order_id is not null

),

refunds as (

    select
        order_id,
        sum(refunded_value) as refunded_value,
        max(case when refunded_value is null then 1 else 0 end) as is_whole,
        max(event_timestamp) as last_timestamp
    from refund_events
    group by order_id

),

final as (

    select
        numbered.conversion_id,
        numbered.user_pseudo_id as visitor_id,
        numbered.user_id,
        numbered.order_id,
        numbered.conversion_type,
        {{ time_of_digits('cast(numbered.first_timestamp as ' ~ text ~ ')') }} as converted_at,
        coalesce(numbered.own_value, numbered.event_value_in_usd) as value,
        case
            when numbered.own_value is not null then numbered.currency
            when numbered.event_value_in_usd is not null then 'USD'
        end as currency_code,
        case when refunds.is_whole = 1 then 'refunded' end as status,
        cast(refunds.refunded_value as {{ amount_type() }}) as refunded_value,
        {{ time_of_digits(
            'cast(coalesce(refunds.last_timestamp, numbered.event_timestamp) as ' ~ text ~ ')'
        ) }} as updated_at
    from numbered
    left join refunds
        on numbered.order_id = refunds.order_id
    where numbered.place = 1

)

select * from final
