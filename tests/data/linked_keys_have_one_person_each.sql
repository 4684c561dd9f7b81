-- What: every linked identity key has one person, whose id is no larger a text than the key.
-- Why: a person is the smallest key of its component; a key without a person would be cut off
--     from its own rows.
-- Resolve: int_identity_components must give each node of int_identity_nodes one component, named
--     by its smallest node.
with

nodes as (
    select count(*) as linked_keys from {{ ref('assisted_conversions', 'int_identity_nodes') }}
),

persons as (
    select
        count(*) as keys_with_person,
        count(case when person_id > identity_key then 1 end) as keys_below_person
    from {{ ref('assisted_conversions', 'int_identity_persons') }}
)

select
    nodes.linked_keys,
    persons.keys_with_person,
    persons.keys_below_person
from nodes
cross join persons
where
    nodes.linked_keys != persons.keys_with_person
    or persons.keys_below_person > 0
