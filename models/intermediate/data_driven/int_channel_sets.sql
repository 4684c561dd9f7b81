-- Grain: one row per conversion group, distinct set of channels on its journeys, and channel in it.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_groups as (

    select * from {{ ref('int_path_groups') }}

),

type_sets as (

    select
        set_id,
        journey_type,
        is_converting,
        any_value(channel_set) as channel_set,
        sum(journeys) as journeys,
        sum(value_sum) as value_sum,
        sum(value_square_sum) as value_square_sum
    from paths
    group by
        set_id,
        journey_type,
        is_converting

),

sets as (

    select
        path_groups.conversion_group,
        type_sets.set_id,
        path_groups.has_journeys,
        any_value(type_sets.channel_set) as channel_set,
        cast(sum(type_sets.journeys) as bigint) as journeys,
        cast(sum(case when type_sets.is_converting then type_sets.journeys else 0 end) as bigint)
            as conversions,
        sum(type_sets.value_sum) as value_sum,
        sum(type_sets.value_square_sum) as value_square_sum
    from type_sets
    inner join path_groups
        on type_sets.journey_type = path_groups.journey_type
        and type_sets.is_converting = path_groups.is_converting
    group by
        path_groups.conversion_group,
        type_sets.set_id,
        path_groups.has_journeys

),

final as (

    select
        conversion_group,
        set_id,
        {{ unnested('channel_set') }} as name_id,

        has_journeys,
        journeys,
        conversions,
        value_sum,
        value_square_sum
    from sets

)

select * from final
