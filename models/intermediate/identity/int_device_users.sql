-- Grain: one row per device and known person that uses it.
with

uses as (

    select * from {{ ref('assisted_conversions', 'int_identity_pairs') }}
    where is_use

),

keys as (

    select * from {{ ref('assisted_conversions', 'int_identity_keys') }}

),

final as (

    select distinct
        devices.component_number as device_number,
        persons.component_number as person_number
    from uses
    inner join keys as devices
        on uses.right_number = devices.key_number
    inner join keys as persons
        on uses.left_number = persons.key_number

)

select * from final
