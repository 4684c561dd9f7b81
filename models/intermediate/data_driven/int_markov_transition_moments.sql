-- Grain: one row per conversion group and unordered pair of transitions between channels.
-- How often two transitions stand in one journey: what the delta method needs for the errors.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_transitions as (

    select * from {{ ref('int_path_transitions') }}

),

final as (

    select
        paths.conversion_group,
        'channel' as level,
        one.from_state as from_state_1,
        one.to_state as to_state_1,
        other.from_state as from_state_2,
        other.to_state as to_state_2,

        cast(sum(one.times * other.times * paths.journeys) as double) as moment,
        -- Read only where one of the two leads into conversion, which no path does twice.
        sum(one.times * other.times * paths.value_sum) as value_moment
    from path_transitions as one
    inner join path_transitions as other
        on one.path_id = other.path_id
        and (
            one.from_state < other.from_state
            or (one.from_state = other.from_state and one.to_state <= other.to_state)
        )
    inner join paths
        on one.path_id = paths.path_id
    group by
        paths.conversion_group,
        one.from_state,
        one.to_state,
        other.from_state,
        other.to_state

)

select * from final
