-- Grain: one row per run that built tables.
-- Version 1 of audit_runs, for who still reads `seconds`.
{{ config(materialized='view') }}
with

runs as (

    select * from {{ ref('assisted_conversions', 'audit_runs', v=2) }}

),

final as (

    select
        run_number,
        invocation_id,
        command,
        status,

        is_complete,

        started_at,
        duration_seconds as seconds
    from runs

)

select * from final
