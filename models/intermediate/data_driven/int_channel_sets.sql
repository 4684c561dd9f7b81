-- Grain: one row per conversion group, distinct set of channels on its journeys, and channel in it.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}

),

path_channels as (

    select distinct
        path_id,
        name_id
    from {{ ref('int_distinct_path_touches') }}

),

path_sets as (

    select
        path_id,
        {{ path_hash(['name_id']) }} as set_hash,
        count(*) as channel_count
    from path_channels
    group by path_id

),

sets as (

    select
        paths.conversion_group,
        paths.has_journeys,
        path_sets.channel_count,
        -- One path stands for all of the set, and names it.
        min(path_sets.path_id) as set_id,
        cast(sum(paths.journeys) as bigint) as journeys,
        cast(sum(case when paths.is_converting then paths.journeys else 0 end) as bigint)
            as conversions,
        sum(paths.value_sum) as value_sum,
        sum(paths.value_square_sum) as value_square_sum
    from path_sets
    inner join paths
        on path_sets.path_id = paths.path_id
    group by
        paths.conversion_group,
        paths.has_journeys,
        path_sets.channel_count,
        path_sets.set_hash

),

final as (

    select
        sets.conversion_group,
        sets.set_id,
        path_channels.name_id,

        sets.has_journeys,
        sets.channel_count,
        sets.journeys,
        sets.conversions,
        sets.value_sum,
        sets.value_square_sum
    from sets
    inner join path_channels
        on sets.set_id = path_channels.path_id

)

select * from final
