-- Grain: one row per conversion group and non-converting journey.
{{ config(materialized='view') }}
with

journeys as (

    select * from {{ ref('assisted_conversions', 'int_journey_summaries') }}

),

final as (

    select
        conversion_group,
        person_id,

        started_at,
        ended_at,
        path_length,
        path
    from journeys

)

select * from final
