-- Grain: one row per identity key that is shared by so many that it links nobody.
with

shared_keys as (

    select * from {{ ref('assisted_conversions', 'int_shared_keys') }}

),

final as (

    select
        identity_key,
        key_type,
        neighbours,
        max_neighbours
    from shared_keys

)

select * from final
