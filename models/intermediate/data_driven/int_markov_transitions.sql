-- Grain: one row per conversion group, level and transition between two Markov states.
-- Consecutive equal states are one, so a transition never leads back to the state that it leaves.
{{ config(enabled=setting('data_driven')) }}
{%- set highest_order = 4 if setting('markov_order') == 'auto' else setting('markov_order') %}
with

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_markov_path_groups') }}

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
        {{ step_columns('states', highest_order) | indent(8) }} -- noqa: PRS
    from paths {{ step_join('states') }}

),

path_transitions as (

    select
        path_groups.conversion_group,
        steps.*,
        mod({{ markov_state(1, highest_order) }}, path_groups.state_limit) as from_state,
        case
            when steps.back_0 is not null
                then mod({{ markov_state(0, highest_order) }}, path_groups.state_limit)
            when steps.is_converting then -1
            else -2
        end as to_state
    from steps
    inner join path_groups
        on steps.journey_type = path_groups.journey_type
        and steps.is_converting = path_groups.is_converting

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
