-- Grain: one row per conversion group and unordered pair of transitions between channels.
-- How often two transitions stand in one journey: what the delta method needs for the errors.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_transitions as (

    select * from {{ ref('int_path_transitions') }}

),

-- Numbers in place of groups and states: the pairs are many.
path_groups as (

    select
        *,
        cast(dense_rank() over (order by conversion_group) as integer) as group_id
    from {{ ref('int_path_groups') }}
    where has_journeys

),

groups as (

    select distinct
        group_id,
        conversion_group
    from path_groups

),

transitions as (

    select
        from_state,
        to_state,
        cast(row_number() over (order by from_state, to_state) as integer) as transition_id
    from (select distinct
        from_state,
        to_state
    from path_transitions) as distinct_transitions

),

group_paths as (

    select
        paths.path_id,
        path_groups.group_id,
        cast(paths.journeys as double) as journeys,
        paths.value_sum
    from paths
    inner join path_groups
        on paths.journey_type = path_groups.journey_type
        and paths.is_converting = path_groups.is_converting

),

taken as (

    select
        group_paths.path_id,
        group_paths.group_id,
        transitions.transition_id,
        cast(path_transitions.times as double) as times,
        path_transitions.times * group_paths.journeys as journeys,
        path_transitions.times * group_paths.value_sum as value_sum
    from path_transitions
    inner join transitions
        on path_transitions.from_state = transitions.from_state
        and path_transitions.to_state = transitions.to_state
    inner join group_paths
        on path_transitions.path_id = group_paths.path_id

),

pairs as (

    select
        one.group_id,
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
        one.group_id,
        one.transition_id,
        other.transition_id

),

final as (

    select
        groups.conversion_group,
        'channel' as level,
        one.from_state as from_state_1,
        one.to_state as to_state_1,
        other.from_state as from_state_2,
        other.to_state as to_state_2,

        pairs.moment,
        pairs.value_moment
    from pairs
    inner join groups
        on pairs.group_id = groups.group_id
    inner join transitions as one
        on pairs.transition_id = one.transition_id
    inner join transitions as other
        on pairs.other_id = other.transition_id

)

select * from final
