-- Grain: one row per identity key of a person of int_changed_persons.
with

changed_persons as (

    select * from {{ ref('int_changed_persons') }}

),

persons as (

    select * from {{ ref('int_identity_persons') }}

),

final as (

    select persons.identity_key
    from persons
    inner join changed_persons
        on persons.person_id = changed_persons.person_id
    union
    select person_id as identity_key from changed_persons

)

select * from final
