-- Grain: one row per event that is a conversion; of an order that was sent twice the first.
{{ config(enabled=adapter_is_on('posthog')) }}
with

conversions as (

    select
        uuid,
        {{ posthog_visitor() | indent(8) }} as visitor_id,
        {{ posthog_user() | indent(8) }} as user_id,
        order_id,
        {{ mapped_value(
            ['event'], adapter_setting('posthog', 'conversions'), quote_text(none)
        ) | indent(8) }} as conversion_type,
        occurred_at,
        {{ try_cast_to('order_value', amount_type()) }} as order_value,
        currency,
        loaded_at
    from {{ ref('assisted_conversions', 'base_posthog__properties') }}

),

ranked as (

    select
        conversions.*,
        row_number() over (
            partition by conversion_type, order_id
            order by occurred_at, uuid
        ) as order_rank
    from conversions
    where conversion_type is not null

),

final as (

    select
        uuid as conversion_id,
        visitor_id,
        user_id,
        order_id,
        conversion_type,
        occurred_at as converted_at,
        order_value as value,
        currency as currency_code,
        loaded_at
    from ranked
    where order_id is null or order_rank = 1

)

select * from final
