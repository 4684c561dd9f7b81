-- Grain: one row per journey type and distinct path of channels, of converting and of other
-- journeys apart. What the statistics need of a journey, however many took its path.
with

named_paths as (

    select * from {{ ref('int_named_paths') }}

),

paths as (

    select
        path_id,
        journey_type,
        is_converting,
        any_value(channels) as channels,
        cast(sum(journeys) as bigint) as journeys,
        sum(value_sum) as value_sum,
        sum(value_square_sum) as value_square_sum
    from named_paths
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
