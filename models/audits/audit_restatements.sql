-- Grain: one row per run, conversion date, conversion type and channel of which the run changed a
-- figure that an earlier run had published.
{{ config(materialized='view') }}
with

restatements as (

    select * from {{ source('run_log', 'restatements') }}

),

runs as (

    select * from {{ source('run_log', 'runs') }}

),

final as (

    select
        restatements.run_number,
        restatements.conversion_date,
        restatements.conversion_type,
        restatements.channel,

        {% for measure in restated_measures() -%}
        restatements.{{ measure.name }}_as_reported,
        restatements.{{ measure.name }}_as_restated,
        {% endfor -%}

        restatements.cause,
        runs.started_at as restated_at
    from restatements
    inner join runs
        on restatements.run_number = runs.run_number

)

select * from final
