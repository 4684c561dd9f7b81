-- Grain: one row per conversion group, distinct set of channels on its journeys, and channel in it.
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}

),

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}

),

type_sets as (

    select
        set_id,
        journey_type,
        is_converting,
        max(path_id) as path_id,
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
        max(type_sets.path_id) as path_id,
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

-- Any path of the set has its channels.
final as (

    select
        sets.conversion_group,
        sets.set_id,
        {{ unnested(distinct_numbers('paths.channels')) }} as name_id,

        sets.has_journeys,
        sets.journeys,
        sets.conversions,
        sets.value_sum,
        sets.value_square_sum
    from sets
    inner join paths
        on sets.path_id = paths.path_id

)

select * from final
