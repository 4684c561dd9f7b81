-- Grain: one row per identity key with so many neighbours that it links nobody.
with

pairs as (

    select * from {{ ref('assisted_conversions', 'int_identity_pairs') }}
    where not is_link

),

keys as (

    select
        left_key as identity_key,
        left_neighbours as neighbours
    from pairs
    union distinct
    select
        right_key as identity_key,
        right_neighbours as neighbours
    from pairs

),

final as (

    select
        identity_key,
        {{ identity_type('identity_key') }} as key_type,
        neighbours,
        {{ max_neighbours('identity_key') }} as max_neighbours
    from keys
    where neighbours > {{ max_neighbours('identity_key') }}

)

select * from final
