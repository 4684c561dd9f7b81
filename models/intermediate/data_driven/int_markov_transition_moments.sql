-- Grain: one row per conversion group and unordered pair of transitions between channels.
-- How often two transitions stand in one journey: what the delta method needs for the errors.
with

path_transitions as (

    select * from {{ ref('assisted_conversions', 'int_path_transitions') }}

),

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

-- Numbers in place of types and states: the pairs are many.
transitions as (

    select
        from_state,
        to_state,
        cast(row_number() over (order by from_state, to_state) as integer) as transition_id
    from (select distinct
        from_state,
        to_state
    from {{ ref('assisted_conversions', 'int_markov_transitions') }}
    where level = 'channel') as channel_transitions

),

taken as (

    select
        path_transitions.path_id,
        {{ row_hash(['path_transitions.journey_type', 'path_transitions.is_converting']) }}
            as type_hash,
        transitions.transition_id,
        cast(path_transitions.times as double) as times,
        cast(path_transitions.times * path_transitions.journeys as double) as journeys,
        path_transitions.times * path_transitions.value_sum as value_sum
    from path_transitions
    inner join transitions
        on path_transitions.from_state = transitions.from_state
        and path_transitions.to_state = transitions.to_state

),

pairs as (

    select
        one.type_hash,
        one.transition_id,
        other.transition_id as other_id,
        sum(one.journeys * other.times) as moment,
        -- Read only where one of the two leads into conversion, which no path does twice.
        sum(one.value_sum * other.times) as value_moment
    from taken as one
    inner join taken as other
        on one.path_id = other.path_id
        and one.transition_id <= other.transition_id
    group by
        one.type_hash,
        one.transition_id,
        other.transition_id

),

final as (

    select
        path_groups.conversion_group,
        'channel' as level,
        one.from_state as from_state_1,
        one.to_state as to_state_1,
        other.from_state as from_state_2,
        other.to_state as to_state_2,

        sum(pairs.moment) as moment,
        sum(pairs.value_moment) as value_moment
    from pairs
    inner join path_groups
        on pairs.type_hash
        = {{ row_hash(['path_groups.journey_type', 'path_groups.is_converting']) }}
    inner join transitions as one
        on pairs.transition_id = one.transition_id
    inner join transitions as other
        on pairs.other_id = other.transition_id
    group by
        path_groups.conversion_group,
        one.from_state,
        one.to_state,
        other.from_state,
        other.to_state

)

select * from final
