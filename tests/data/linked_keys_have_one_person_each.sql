-- What: two linked identity keys have the same person, whose id is, as text, no larger than
--     either.
-- Why: a person is named after the smallest of all linked keys; a key without a person, or with
--     another one, would lose its own rows.
-- Resolve: int_identity_components must give both keys of every link of int_identity_pairs the
--     same component.
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
    on links.left_key = left_persons.identity_key
left join persons as right_persons
    on links.right_key = right_persons.identity_key
where
    left_persons.person_id is null
    or left_persons.person_id is distinct from right_persons.person_id
    or left_persons.person_id > links.left_key
    or left_persons.person_id > links.right_key
