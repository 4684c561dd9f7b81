-- Grain: one row per conversion group and unordered pair of transitions between channels.
-- How often two transitions stand in one journey: what the delta method needs for the errors.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_groups as (

    select * from {{ ref('int_path_groups') }}
    where has_journeys

),

path_transitions as (

    select * from {{ ref('int_path_transitions') }}

),

-- Numbers in place of states and groups: the pairs are many.
transitions as (

    select
        conversion_group,
        from_state,
        to_state,
        cast(row_number() over (order by conversion_group, from_state, to_state) as integer)
            as transition_id,
        cast(dense_rank() over (order by conversion_group) as integer) as group_id
    from {{ ref('int_markov_transitions') }}
    where level = 'channel'

),

taken as (

    select
        path_transitions.path_id,
        transitions.group_id,
        transitions.transition_id,
        cast(path_transitions.times as double) as times,
        path_transitions.times * cast(paths.journeys as double) as journeys,
        path_transitions.times * paths.value_sum as value_sum
    from path_transitions
    inner join paths
        on path_transitions.path_id = paths.path_id
    inner join path_groups
        on paths.journey_type = path_groups.journey_type
        and paths.is_converting = path_groups.is_converting
    inner join transitions
        on path_groups.conversion_group = transitions.conversion_group
        and path_transitions.from_state = transitions.from_state
        and path_transitions.to_state = transitions.to_state

),

pairs as (

    select
        one.transition_id,
        other.transition_id as other_id,
        sum(one.journeys * other.times) as moment,
        -- Read only where one of the two leads into conversion, which no path does twice.
        sum(one.value_sum * other.times) as value_moment
    from taken as one
    inner join taken as other
        on one.path_id = other.path_id
        and one.group_id = other.group_id
        and one.transition_id <= other.transition_id
    group by
        one.transition_id,
        other.transition_id

),

final as (

    select
        one.conversion_group,
        'channel' as level,
        one.from_state as from_state_1,
        one.to_state as to_state_1,
        other.from_state as from_state_2,
        other.to_state as to_state_2,

        pairs.moment,
        pairs.value_moment
    from pairs
    inner join transitions as one
        on pairs.transition_id = one.transition_id
    inner join transitions as other
        on pairs.other_id = other.transition_id

)

select * from final
