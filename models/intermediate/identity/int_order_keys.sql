-- Grain: one row per order, or conversion event without an order.
-- An order's user and e-mail keys are in each of its rows; its visitor keys are one device.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'base_latest_conversions') }}

),

shared_keys as (

    select * from {{ ref('assisted_conversions', 'int_shared_keys') }}

),

order_keys as (

    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    select
        order_key,
        {{ key }} as identity_key
    from conversions
    where {{ key }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_types as (

    select
        order_keys.order_key,
        order_keys.identity_key,
        {{ identity_type('order_keys.identity_key') }} as key_type,
        shared_keys.identity_key is not null as is_shared
    from order_keys
    left join shared_keys
        on order_keys.identity_key = shared_keys.identity_key

),

-- Of several keys the first counts: user before e-mail, then as text.
final as (

    select
        order_key,
        coalesce(
            min(case when key_type = 'user' and not is_shared then identity_key end),
            min(case when key_type = 'email' and not is_shared then identity_key end)
        ) as strong_key,
        coalesce(
            min(case when key_type = 'user' and is_shared then identity_key end),
            min(case when key_type = 'email' and is_shared then identity_key end)
        ) as shared_key,
        min(case when key_type = 'visitor' then identity_key end) as visitor_key
    from with_types
    group by order_key

)

select * from final
