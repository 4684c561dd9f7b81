-- Grain: one row per run that built tables.
{{ config(materialized='view') }}
with

runs as (

    select * from {{ own_relation('run_log', 'runs') }}

),

final as (

    select
        run_number,
        invocation_id,
        command,
        status,

        is_complete,

        started_at,
        -- The log of version 0.1 has another type.
        cast(seconds as {{ dbt.type_float() }}) as duration_seconds
    from runs

)

select * from final
