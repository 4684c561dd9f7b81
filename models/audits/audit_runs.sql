-- Grain: one row per run that made or brought up to date tables.
{{ config(materialized='view') }}
with

runs as (

    select * from {{ source('run_log', 'runs') }}

),

steps as (

    select
        run_number,
        count(case when node like 'source.%' then 1 end) as raw_tables_changed,
        count(case when is_model and kind = 'replaced' then 1 end) as tables_replaced,
        count(case when is_model and kind = 'described' then 1 end) as tables_updated
    from (
        select
            *,
            node like 'model.%' and version = run_number as is_model
        from {{ source('run_log', 'steps') }}
    ) as named
    group by run_number

),

final as (

    select
        runs.run_number,
        runs.invocation_id,
        runs.command,
        runs.status,

        coalesce(steps.raw_tables_changed, 0) as raw_tables_changed,
        coalesce(steps.tables_replaced, 0) as tables_replaced,
        coalesce(steps.tables_updated, 0) as tables_updated,

        runs.started_at,
        runs.seconds
    from runs
    left join steps
        on runs.run_number = steps.run_number

)

select * from final
