-- Grain: one row per event that is a conversion; of an order that was sent twice the first.
{{ config(enabled=adapter_is_on('posthog')) }}
with

properties as (

    select
        *,
        {{ mapped_value(
            ['event'], adapter_setting('posthog', 'conversions'), quote_text(none)
        ) | indent(8) }} as conversion_type
    from {{ ref('assisted_conversions', 'base_posthog__properties') }}

),

browsers as (

    select * from {{ ref('assisted_conversions', 'int_posthog__browsers') }}

),

junk_ids as (

    select * from {{ rule('junk_ids') }}

),

conversions as (

    select
        properties.uuid,
        {{ posthog_visitor() | indent(8) }} as visitor_id,
        {{ posthog_user() | indent(8) }} as user_id,
        {{ filled_in_id('properties.order_id') | indent(8) }} as order_id,
        properties.conversion_type,
        properties.occurred_at,
        {{ try_cast_to('properties.order_value', amount_type()) }} as order_value,
        properties.currency,
        properties.loaded_at
    from properties
    left join browsers
        on properties.distinct_id = browsers.browser_id
    left join junk_ids
        on lower(properties.order_id) = junk_ids.junk_id
    where properties.conversion_type is not null

),

ranked as (

    select
        conversions.*,
        row_number() over (
            partition by conversion_type, order_id
            order by occurred_at, uuid
        ) as order_rank
    from conversions

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
