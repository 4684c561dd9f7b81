-- Grain: one row per session of which a raw row has changed since the last run.
{{ config(materialized='table', meta={'lists_changes': true}) }}
with

changed_rows as (

    select * from {{ changes_of(ref('base_sessions')) }}

),

final as (

    select distinct session_id
    from changed_rows
    where session_id is not null

)

select * from final
