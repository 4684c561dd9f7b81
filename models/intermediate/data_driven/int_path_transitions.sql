-- Grain: one row per distinct path and transition between two Markov states on it.
-- Consecutive equal states are one, so a transition never leads to where it comes from.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}
    where has_journeys

),

path_touches as (

    select * from {{ ref('int_distinct_path_touches') }}

),

states as (

    select
        path_id,
        touch_position,
        {{ markov_state('name_id', 'path_id', 'touch_position', setting('markov_order'))
            | indent(8) }} as state
    from path_touches

),

steps as (

    select
        path_id,
        touch_position,
        coalesce(lag(state) over (partition by path_id order by touch_position), 0) as from_state,
        state as to_state
    from states

),

-- The number of times makes one row of a transition that is taken again.
final as (

    select
        steps.path_id,
        steps.from_state,
        steps.to_state,
        count(*) as times
    from steps
    inner join paths
        on steps.path_id = paths.path_id
    where steps.from_state != steps.to_state
    group by
        steps.path_id,
        steps.from_state,
        steps.to_state
    union all
    select
        steps.path_id,
        steps.to_state as from_state,
        case when paths.is_converting then -1 else -2 end as to_state,
        1 as times
    from steps
    inner join paths
        on steps.path_id = paths.path_id
        and steps.touch_position = paths.path_length

)

select * from final
