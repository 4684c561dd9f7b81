-- Grain: one row per conversion group, level and transition between two Markov states.
-- Consecutive equal states are one, so a transition never leads back to the state that it leaves.
{{ config(enabled=setting('data_driven')) }}
{%- set order = setting('markov_order') %}
with

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}
    where journey_type in (select path_groups.journey_type from path_groups)

),

steps as (

    select
        level,
        journey_type,
        is_converting,
        journeys,
        value_sum,
        value_square_sum,
        {{ step_columns('states', order) | indent(8) }}
    from paths

),

path_transitions as (

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

-- The value of a conversion belongs to the step into it.
type_transitions as (

    select
        level,
        journey_type,
        is_converting,
        from_state,
        to_state,
        sum(journeys) as transitions,
        sum(case when to_state = -1 then value_sum else 0 end) as value_sum,
        sum(case when to_state = -1 then value_square_sum else 0 end) as value_square_sum
    from path_transitions
    where from_state != to_state
    group by
        level,
        journey_type,
        is_converting,
        from_state,
        to_state

),

final as (

    select
        path_groups.conversion_group,
        transitions.level,
        transitions.from_state,
        transitions.to_state,

        cast(sum(transitions.transitions) as bigint) as transitions,
        sum(transitions.value_sum) as value_sum,
        sum(transitions.value_square_sum) as value_square_sum
    from type_transitions as transitions
    inner join path_groups
        on transitions.journey_type = path_groups.journey_type
        and transitions.is_converting = path_groups.is_converting
    group by
        path_groups.conversion_group,
        transitions.level,
        transitions.from_state,
        transitions.to_state

)

select * from final
