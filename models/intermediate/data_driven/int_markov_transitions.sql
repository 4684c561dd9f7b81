-- Grain: one row per conversion group, level and transition between two Markov states.
with

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

path_transitions as (

    select * from {{ ref('assisted_conversions', 'int_path_transitions') }}

),

campaign_transitions as (

    select * from {{ ref('assisted_conversions', 'int_campaign_transitions') }}

),

type_transitions as (

    select
        journey_type,
        is_converting,
        from_state,
        to_state,
        sum(times * journeys) as transitions,
        sum(case when to_state = -1 then value_sum else 0 end) as value_sum,
        sum(case when to_state = -1 then value_square_sum else 0 end) as value_square_sum
    from path_transitions
    group by
        journey_type,
        is_converting,
        from_state,
        to_state

),

final as (

    select
        path_groups.conversion_group,
        'channel' as level,
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
        transitions.from_state,
        transitions.to_state
    union all
    select
        conversion_group,
        'campaign' as level,
        from_state,
        to_state,

        transitions,
        value_sum,
        value_square_sum
    from campaign_transitions

)

select * from final
