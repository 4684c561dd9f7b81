-- Grain: one row per device and person that uses it, with what that makes of the device.
with

device_users as (

    select * from {{ ref('assisted_conversions', 'int_device_users') }}

),

paired_persons as (

    select * from {{ ref('assisted_conversions', 'int_paired_persons') }}

),

device_persons as (

    select distinct
        device_users.device_number,
        coalesce(paired_persons.paired_number, device_users.person_number) as person_number
    from device_users
    left join paired_persons
        on device_users.person_number = paired_persons.person_number

),

with_counts as (

    select
        device_number,
        person_number,
        count(*) over (partition by device_number) as persons,
        min(person_number) over (partition by device_number) as first_person_number
    from device_persons

),

final as (

    select
        device_number,
        person_number,
        first_person_number,
        case
            when persons = 1 then 'own_device'
            when persons <= {{ setting('max_users_per_visitor') }} then 'shared_device'
            else 'kiosk'
        end as device_kind,
        persons,
        {{ 'true' if setting('shared_devices') == 'merge' else 'false' }}
        and persons between 2 and {{ setting('max_users_per_visitor') }} as is_merged
    from with_counts

)

select * from final
