-- Grain: one row per pair of linked nodes.
-- A pair with a shared key finds no node for it, and so links nobody.
with

pairs as (

    select * from {{ ref('int_identity_pairs') }}

),

nodes as (

    select * from {{ ref('int_identity_nodes') }}

),

final as (

    select
        left_nodes.node_number as left_node,
        right_nodes.node_number as right_node
    from pairs
    inner join nodes as left_nodes
        on pairs.left_key = left_nodes.identity_key
    inner join nodes as right_nodes
        on pairs.right_key = right_nodes.identity_key

)

select * from final
