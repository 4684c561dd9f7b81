-- Grain: one row per identity key that is linked to another and shared by few enough.
-- Nodes are numbered in the keys' own order, so that the smallest number is the smallest key.
with

pairs as (

    select * from {{ ref('int_identity_pairs') }}

),

shared_keys as (

    select * from {{ ref('int_shared_keys') }}

),

linked_keys as (

    select left_key as identity_key from pairs
    union
    select right_key as identity_key from pairs

),

final as (

    select
        linked_keys.identity_key,
        row_number() over (order by linked_keys.identity_key) - 1 as node_number
    from linked_keys
    left join shared_keys
        on linked_keys.identity_key = shared_keys.identity_key
    where shared_keys.identity_key is null

)

select * from final
