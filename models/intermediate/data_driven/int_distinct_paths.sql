-- Grain: one row per journey type and distinct path of channels, of converting and of other
-- journeys apart. What the statistics need of a journey, however many took its path.
with

numbered_paths as (

    select * from {{ ref('int_numbered_paths') }}

),

paths as (

    select
        path_id,
        journey_type,
        is_converting,
        any_value(channels) as channels,
        count(*) as journeys,
        cast(sum(conversion_value) as double) as value_sum,
        sum(cast(conversion_value as double) * cast(conversion_value as double))
            as value_square_sum
    from numbered_paths
    group by
        path_id,
        journey_type,
        is_converting

),

channel_sets as (

    select
        *,
        {{ distinct_numbers('channels') }} as channel_set
    from paths

),

final as (

    select
        path_id,
        journey_type,
        is_converting,

        channels,
        channel_set,
        cast(cardinality(channel_set) as bigint) as channel_count,
        {{ row_hash(['channel_set']) }} as set_id,

        journeys,
        value_sum,
        value_square_sum
    from channel_sets

)

select * from final
