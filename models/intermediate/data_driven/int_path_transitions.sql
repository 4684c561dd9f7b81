-- Grain: one row per distinct path and transition between two Markov states on it.
-- Consecutive equal states are one, so a transition never leads to where it comes from.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

groups_with_journeys as (

    select distinct
        journey_type,
        is_converting
    from {{ ref('int_path_groups') }}
    where has_journeys

),

modelled as (

    select paths.*
    from paths
    inner join groups_with_journeys
        on paths.journey_type = groups_with_journeys.journey_type
        and paths.is_converting = groups_with_journeys.is_converting

),

steps as (

    {{ unnested_steps(
        'modelled', ['path_id', 'is_converting'], 'channels', setting('markov_order')
    ) | indent(4) }}

),

transitions as (

    select
        path_id,
        {{ markov_state('back', 1, setting('markov_order')) }} as from_state,
        case
            when back_0 is not null
                then {{ markov_state('back', 0, setting('markov_order')) }}
            when is_converting then -1
            else -2
        end as to_state
    from steps

),

-- The number of times makes one row of a transition that is taken again.
final as (

    select
        path_id,
        from_state,
        to_state,
        count(*) as times
    from transitions
    where from_state != to_state
    group by
        path_id,
        from_state,
        to_state

)

select * from final
