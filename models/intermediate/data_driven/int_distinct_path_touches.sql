-- Grain: one row per distinct path and touch on it.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_touches as (

    select * from {{ ref('int_path_touches') }}

),

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

names as (

    select * from {{ ref('int_state_names') }}
    where level = 'channel'

),

touches as (

    select
        paths.path_id,
        touches.touch_position,
        touches.channel
    from path_touches as touches
    inner join paths
        on {{ row_hash(['touches.conversion_key']) }} = paths.journey_hash
        and paths.is_converting
    union all
    select
        paths.path_id,
        touches.touch_position,
        touches.channel
    from journey_touches as touches
    inner join paths
        on {{ row_hash(
                ['touches.conversion_group', 'touches.person_id', 'touches.journey_number']
            ) }} = paths.journey_hash
        and not paths.is_converting

),

final as (

    select
        touches.path_id,
        touches.touch_position,
        names.name_id
    from touches
    inner join names
        on touches.channel = names.channel

)

select * from final
