-- Grain: one row per distinct path of int_path_totals and touch on it.
{{ config(materialized='view') }}
with

path_totals as (

    select * from {{ ref('int_path_totals') }}

),

path_touches as (

    select * from {{ ref('int_path_touches') }}

),

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

touches as (

    select
        path_totals.path_id,
        path_touches.touch_position,
        path_touches.channel
    from path_totals
    inner join path_touches
        on path_totals.conversion_key = path_touches.conversion_key
    union all
    select
        path_totals.path_id,
        journey_touches.touch_position,
        journey_touches.channel
    from path_totals
    inner join journey_touches
        on
            path_totals.conversion_group = journey_touches.conversion_group
            and path_totals.person_id = journey_touches.person_id
            and path_totals.journey_number = journey_touches.journey_number
    where path_totals.conversion_key is null

),

final as (

    select
        path_totals.path_id,
        touches.touch_position,

        path_totals.conversion_group,
        touches.channel,
        path_totals.journeys,
        -- What too few persons did is typical of nothing.
        path_totals.persons >= {{ setting('min_group_size') }} as is_showable
    from path_totals
    inner join touches
        on path_totals.path_id = touches.path_id

)

select * from final
