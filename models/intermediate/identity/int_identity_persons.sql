-- Grain: one row per identity key that is linked to another.
-- A key that is not here is a person of its own: its person_id is the key itself.
with

pairs as (

    select * from {{ ref('assisted_conversions', 'int_identity_pairs') }}
    where is_link

),

components as (

    select * from {{ ref('assisted_conversions', 'int_identity_components') }}

),

linked_keys as (

    select left_key as identity_key from pairs
    union distinct
    select right_key as identity_key from pairs

),

with_component as (

    select
        linked_keys.identity_key,
        components.component_number
    from linked_keys
    inner join components
        on {{ row_hash(['linked_keys.identity_key']) }} = components.key_number

),

persons as (

    select
        component_number,
        min(identity_key) as person_id
    from with_component
    group by component_number

),

final as (

    select
        keys.identity_key,
        persons.person_id
    from with_component as keys
    inner join persons
        on keys.component_number = persons.component_number

)

select * from final
