-- Grain: one row per identity key that is linked to another.
-- A key that is not here is a person of its own: its person_id is the key itself.
{{ config(meta={'keeps_changes': true}) }}
with

nodes as (

    select * from {{ ref('int_identity_nodes') }}

),

components as (

    select * from {{ ref('int_identity_components') }}

),

final as (

    select
        nodes.identity_key,
        smallest_nodes.identity_key as person_id
    from nodes
    inner join components
        on nodes.node_number = components.node_number
    inner join nodes as smallest_nodes
        on components.component_node = smallest_nodes.node_number

)

select * from final
