-- Grain: one row per known person who is the same as another one.
-- Somebody who fills in a form with an address and later logs in is two known persons, one with
-- e-mail keys only and one with user keys only, until a row has both keys. They are one if a device
-- is used by these two and nobody else, unless one of them is paired so with somebody else too.
with

device_users as (

    select * from {{ ref('assisted_conversions', 'int_device_users') }}

),

keys as (

    select * from {{ ref('assisted_conversions', 'int_identity_keys') }}
    where key_type != 'visitor'

),

devices_of_two as (

    select
        device_number,
        min(person_number) as one_number,
        max(person_number) as other_number
    from device_users
    group by device_number
    having count(*) = 2

),

candidates as (

    select
        one_number,
        other_number
    from devices_of_two
    union distinct
    select
        other_number as one_number,
        one_number as other_number
    from devices_of_two

),

-- The type of all keys of a person; null for a person with keys of both.
candidate_types as (

    select
        persons.person_number,
        case when min(keys.key_type) = max(keys.key_type) then min(keys.key_type) end as key_type
    from (select distinct one_number as person_number from candidates) as persons
    inner join keys
        on persons.person_number = keys.component_number
    group by persons.person_number

),

-- Pairs of one person with e-mail keys and one with user keys.
pairs as (

    select
        candidates.one_number as email_number,
        candidates.other_number as user_number,
        count(*) over (partition by candidates.one_number) as pairs_of_email,
        count(*) over (partition by candidates.other_number) as pairs_of_user
    from candidates
    inner join candidate_types as email_persons
        on candidates.one_number = email_persons.person_number
    inner join candidate_types as user_persons
        on candidates.other_number = user_persons.person_number
    where
        email_persons.key_type = 'email'
        and user_persons.key_type = 'user'

),

final as (

    select
        email_number as person_number,
        user_number as paired_number
    from pairs
    where
        pairs_of_email = 1
        and pairs_of_user = 1

)

select * from final
