-- Grain: one row per conversion event of base_latest_conversions, with its person.
-- The keys of all rows of an order decide. The person is null where there is no key, or none is
-- left after erasures.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'base_latest_conversions') }}

),

order_keys as (

    select * from {{ ref('assisted_conversions', 'int_order_keys') }}

),

persons as (

    select * from {{ ref('assisted_conversions', 'int_identity_persons') }}

),

devices as (

    select * from {{ ref('assisted_conversions', 'int_devices') }}
    where device_kind = 'shared_device'

),

shared_device_rows as (

    select * from {{ ref('assisted_conversions', 'int_shared_device_rows') }}
    where row_type = 'conversion'

),

-- The key that leads: a strong key that is not shared, else a shared one, else the visitor.
with_leading_key as (

    select
        *,
        coalesce(strong_key, shared_key, visitor_key) as identity_key
    from order_keys

),

with_erasure as (

    select
        *,
        {{ is_erased(['identity_key']) | indent(8) }} as is_erased_key
    from with_leading_key

),

order_persons as (

    select
        orders.order_key,
        case
            when orders.strong_key is null and orders.shared_key is not null
                then case when not orders.is_erased_key then orders.identity_key end
            when persons.key_number is not null then persons.person_id
            when not orders.is_erased_key then orders.identity_key
        end as person_id,
        orders.strong_key is not null and coalesce(persons.has_erased_key, false) as is_erased
    from with_erasure as orders
    left join persons
        on {{ row_hash(['orders.identity_key']) }} = persons.key_number

),

final as (

    select
        conversions.conversion_key,
        coalesce(rows.person_id, order_persons.person_id) as person_id,
        coalesce(
            rows.is_erased,
            -- The row has the order's user or address only.
            order_persons.is_erased
            and devices.identity_key is not null
            and coalesce(conversions.user_key, conversions.email_key) is null
            and not {{ is_erased(['conversions.visitor_key']) | indent(12) }},
            false
        ) as is_erased
    from conversions
    left join order_persons
        on conversions.order_key = order_persons.order_key
    left join shared_device_rows as rows
        on conversions.conversion_key = rows.row_id
    left join devices
        on conversions.visitor_key = devices.identity_key

)

select * from final
