-- Grain: one row per session of which a raw row has changed since the last run, and day on which a
-- raw row of it was loaded.
{{ config(materialized='table', meta={'lists_changes': true}) }}
with

changed_rows as (

    select * from {{ changes_of(ref('base_sessions')) }}

),

base_rows as (

    select * from {{ ref('base_sessions') }}

),

final as (

    select
        session_id,
        loaded_on
    from base_rows
    where session_id in (select session_id from changed_rows)
    union
    select
        session_id,
        loaded_on
    from changed_rows
    where session_id is not null

)

select * from final
