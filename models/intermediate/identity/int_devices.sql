-- Grain: one row per visitor key of a device that a known person uses.
with

keys as (

    select * from {{ ref('assisted_conversions', 'int_identity_keys') }}
    where key_type = 'visitor'

),

devices as (

    select distinct
        device_number,
        device_kind,
        persons,
        first_person_number,
        is_merged
    from {{ ref('assisted_conversions', 'int_device_persons') }}

),

final as (

    select
        keys.key_number,
        keys.identity_key,
        devices.device_number,
        devices.device_kind,
        devices.persons,
        -- The person that all rows without a user or address belong to, if there is one.
        case
            when devices.device_kind = 'own_device' or devices.is_merged
                then devices.first_person_number
            when devices.device_kind = 'kiosk' then devices.device_number
        end as person_number
    from keys
    inner join devices
        on keys.component_number = devices.device_number

)

select * from final
