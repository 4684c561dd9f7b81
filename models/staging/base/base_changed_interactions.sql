-- Grain: one row per interaction of which a raw row has changed since the last run, and day on which a
-- raw row of it was loaded.
{{ config(materialized='table', meta={'lists_changes': true}) }}
with

changed_rows as (

    select * from {{ changes_of(ref('base_interactions')) }}

),

base_rows as (

    select * from {{ ref('base_interactions') }}

),

final as (

    select
        interaction_id,
        loaded_on
    from base_rows
    where interaction_id in (select interaction_id from changed_rows)
    union
    select
        interaction_id,
        loaded_on
    from changed_rows
    where interaction_id is not null

)

select * from final
