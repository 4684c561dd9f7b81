-- Grain: one row per conversion group, level and transition between two Markov states.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_transitions as (

    select * from {{ ref('int_path_transitions') }}

),

campaign_transitions as (

    select * from {{ ref('int_campaign_transitions') }}

),

final as (

    select
        paths.conversion_group,
        'channel' as level,
        transitions.from_state,
        transitions.to_state,

        cast(sum(transitions.times * paths.journeys) as bigint) as transitions,
        sum(case when transitions.to_state = -1 then paths.value_sum else 0 end) as value_sum,
        sum(case when transitions.to_state = -1 then paths.value_square_sum else 0 end)
            as value_square_sum
    from path_transitions as transitions
    inner join paths
        on transitions.path_id = paths.path_id
    group by
        paths.conversion_group,
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
