-- Grain: one row per conversion group, level and transition between two Markov states.
-- Consecutive equal states are one, so a transition never leads back to the state that it leaves.
{{ config(enabled=setting('data_driven')) }}
{%- set order = setting('markov_order') %}
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}

),

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

steps as (

    select
        path_groups.conversion_group,
        paths.level,
        paths.is_converting,
        paths.journeys,
        paths.value_sum,
        paths.value_square_sum,
        {{ step_columns('paths.states', order) | indent(8) }}
    from paths
    inner join path_groups
        on paths.journey_type = path_groups.journey_type
        and paths.is_converting = path_groups.is_converting

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
final as (

    select
        conversion_group,
        level,
        from_state,
        to_state,

        cast(sum(journeys) as bigint) as transitions,
        sum(case when to_state = -1 then value_sum else 0 end) as value_sum,
        sum(case when to_state = -1 then value_square_sum else 0 end) as value_square_sum
    from path_transitions
    where from_state != to_state
    group by
        conversion_group,
        level,
        from_state,
        to_state

)

select * from final
