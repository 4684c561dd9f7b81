-- Grain: one row per shared key or device.
-- A shared key is a user or e-mail key with so many neighbours that it links nobody. A device that
-- several known persons use is named by the smallest of its visitor keys.
with

shared_keys as (

    select * from {{ ref('assisted_conversions', 'int_shared_keys') }}
    where not {{ is_erased(['identity_key']) | indent(8) }}

),

devices as (

    select * from {{ ref('assisted_conversions', 'int_devices') }}
    where
        device_kind != 'own_device'
        and not {{ is_erased(['identity_key']) | indent(8) }}

),

shared_devices as (

    select
        device_number,
        device_kind,
        min(identity_key) as identity_key,
        min(persons) as persons
    from devices
    group by
        device_number,
        device_kind

),

final as (

    select
        identity_key,
        'shared_key' as kind,
        key_type,
        cast(null as bigint) as persons,
        neighbours,
        max_neighbours
    from shared_keys
    union all
    select
        identity_key,
        device_kind as kind,
        'visitor' as key_type,
        persons,
        cast(null as bigint) as neighbours,
        cast(null as integer) as max_neighbours
    from shared_devices

)

select * from final
