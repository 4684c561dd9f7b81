-- Grain: one row per identity key that is put together with another and has one person.
-- A key that is not here is a person of its own: its person_id is the key itself. The keys of a
-- shared device have no person; int_shared_device_rows says whose their rows are. Persons are
-- formed from all keys, but an erased key is not shown and names nobody.
with

keys as (

    select * from {{ ref('assisted_conversions', 'int_identity_keys') }}

),

devices as (

    select * from {{ ref('assisted_conversions', 'int_devices') }}

),

paired_persons as (

    select * from {{ ref('assisted_conversions', 'int_paired_persons') }}

),

merged_persons as (

    select * from {{ components_ref('int_merged_persons') }}

),

key_persons as (

    select
        keys.key_number,
        keys.identity_key,
        keys.key_type,
        case
            when devices.key_number is not null then devices.person_number
            else coalesce(paired_persons.paired_number, keys.component_number)
        end as person_number,
        {{ is_erased(['keys.identity_key']) | indent(8) }} as is_erased
    from keys
    left join devices
        on keys.key_number = devices.key_number
    left join paired_persons
        on keys.component_number = paired_persons.person_number

),

with_person as (

    select
        key_persons.key_number,
        key_persons.identity_key,
        key_persons.key_type,
        key_persons.is_erased,
        coalesce(merged_persons.component_number, key_persons.person_number) as person_number
    from key_persons
    left join merged_persons
        on key_persons.person_number = merged_persons.person_number
    where key_persons.person_number is not null

),

persons as (

    select
        person_number,
        coalesce(
            min(case when key_type != 'visitor' and not is_erased then identity_key end),
            min(case when not is_erased then identity_key end)
        ) as person_id,
        max(case when is_erased then 1 else 0 end) = 1 as has_erased_key
    from with_person
    group by person_number

),

final as (

    select
        keys.key_number,
        case when not keys.is_erased then keys.identity_key end as identity_key,
        persons.person_id,
        persons.has_erased_key
    from with_person as keys
    inner join persons
        on keys.person_number = persons.person_number

)

select * from final
