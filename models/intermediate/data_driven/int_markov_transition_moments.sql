-- Grain: one row per conversion group and unordered pair of transitions between channels.
-- How often two transitions are taken on one journey: what the delta method needs for the errors.
{{ config(enabled=setting('data_driven')) }}
{%- set order = setting('markov_order') %}
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}
    where level = 'channel'

),

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

steps as (

    select
        path_groups.conversion_group,
        {{ row_hash([
            'path_groups.conversion_group', 'paths.journey_type', 'paths.is_converting',
            'paths.states'
        ]) }} as path_id,
        paths.is_converting,
        paths.journeys,
        paths.value_sum,
        {{ step_columns('paths.states', order) | indent(8) }}
    from paths
    inner join path_groups
        on paths.journey_type = path_groups.journey_type
        and paths.is_converting = path_groups.is_converting

),

states as (

    select
        *,
        {{ markov_state(1, order) }} as from_state,
        case
            when back_0 is not null then {{ markov_state(0, order) }}
            when is_converting then -1
            else -2
        end as to_state
    from steps

),

-- One number in place of a group and two states: there are many pairs.
numbered as (

    select
        *,
        {{ row_hash(['conversion_group', 'from_state', 'to_state']) }} as transition_id
    from states
    where from_state != to_state

),

transitions as (

    select distinct
        transition_id,
        conversion_group,
        from_state,
        to_state
    from numbered

),

path_transitions as (

    select
        path_id,
        transition_id,
        max(journeys) as journeys,
        max(value_sum) as value_sum,
        count(*) as times
    from numbered
    group by
        path_id,
        transition_id

),

pairs as (

    select
        one.transition_id,
        other.transition_id as other_id,
        cast(sum(one.times * other.times * one.journeys) as double) as moment,
        sum(one.times * other.times * one.value_sum) as value_moment
    from path_transitions as one
    inner join path_transitions as other
        on one.path_id = other.path_id
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
