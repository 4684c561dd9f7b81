-- Grain: one row per user or e-mail key with so many neighbours that it links nobody.
with

pairs as (

    select * from {{ ref('assisted_conversions', 'int_identity_pairs') }}

),

keys as (

    select
        left_key as identity_key,
        left_neighbours as neighbours
    from pairs
    where left_neighbours > {{ setting('max_links_per_key') }}
    union distinct
    select
        right_key as identity_key,
        right_neighbours as neighbours
    from pairs
    where right_neighbours > {{ setting('max_links_per_key') }}

),

final as (

    select
        identity_key,
        {{ identity_type('identity_key') }} as key_type,
        neighbours,
        {{ setting('max_links_per_key') }} as max_neighbours
    from keys

)

select * from final
