-- Grain: one row per interaction of which a raw row has changed since the last run.
{{ config(materialized='table', meta={'lists_changes': true}) }}
with

changed_rows as (

    select * from {{ changes_of(ref('base_interactions')) }}

),

final as (

    select distinct interaction_id
    from changed_rows
    where interaction_id is not null

)

select * from final
