-- What: two linked identity keys have the same person, or are both visitor keys of a shared device,
--     which has none.
-- Why: a key without a person, or with another one than its linked keys, would lose its own rows.
-- Resolve: int_identity_components must give both keys of every link of int_identity_pairs the
--     same component, and int_identity_persons one person to each component.
with

links as (

    select * from {{ ref('assisted_conversions', 'int_identity_pairs') }}
    where is_link

),

persons as (

    select * from {{ ref('assisted_conversions', 'int_identity_persons') }}

)

select
    links.left_key,
    links.right_key,
    left_persons.person_id as left_person_id,
    right_persons.person_id as right_person_id
from links
left join persons as left_persons
    on links.left_number = left_persons.key_number
left join persons as right_persons
    on links.right_number = right_persons.key_number
where
    not {{ is_same('left_persons.person_id', 'right_persons.person_id') }}
    or (
        left_persons.key_number is null
        and {{ is_strong_key('links.left_key') }}
    )
