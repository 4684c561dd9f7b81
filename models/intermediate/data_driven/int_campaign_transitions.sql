-- Grain: one row per conversion group and transition between two Markov states of campaigns.
with

named_paths as (

    select * from {{ ref('assisted_conversions', 'int_named_paths') }}

),

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

paths as (

    select
        path_groups.conversion_group,
        named_paths.is_converting,
        {{ each_campaign('named_paths.touches') }} as campaigns,
        named_paths.journeys,
        named_paths.value_sum,
        named_paths.value_square_sum
    from named_paths
    inner join path_groups
        on named_paths.journey_type = path_groups.journey_type
        and named_paths.is_converting = path_groups.is_converting

),

steps as (

    {{ unnested_steps(
        'paths',
        ['conversion_group', 'is_converting', 'journeys', 'value_sum', 'value_square_sum'],
        'campaigns',
        setting('markov_order')
    ) | indent(4) }}

),

states as (

    select
        conversion_group,
        {{ markov_state('back', 1, setting('markov_order')) }} as from_state,
        case
            when back_0 is not null
                then {{ markov_state('back', 0, setting('markov_order')) }}
            when is_converting then -1
            else -2
        end as to_state,
        journeys,
        value_sum,
        value_square_sum
    from steps

),

-- Consecutive equal states are one; the value belongs to the step into conversion.
final as (

    select
        conversion_group,
        from_state,
        to_state,

        cast(sum(journeys) as bigint) as transitions,
        sum(case when to_state = -1 then value_sum else 0 end) as value_sum,
        sum(case when to_state = -1 then value_square_sum else 0 end) as value_square_sum
    from states
    where from_state != to_state
    group by
        conversion_group,
        from_state,
        to_state

)

select * from final
