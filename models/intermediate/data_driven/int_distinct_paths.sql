-- Grain: one row per journey type and distinct path of channels, of converting and of other
-- journeys apart. What the statistics need of a journey, however many took its path.
with

named_paths as (

    select * from {{ ref('assisted_conversions', 'int_named_paths') }}

),

paths as (

    select
        path_id,
        max(named_path_id) as named_path_id,
        cast(sum(journeys) as bigint) as journeys,
        sum(value_sum) as value_sum,
        sum(value_square_sum) as value_square_sum
    from named_paths
    group by path_id

),

-- As in int_named_paths, one path of campaigns stands for all.
listed as (

    select
        paths.*,
        named_paths.journey_type,
        named_paths.is_converting,
        {{ each_channel('named_paths.touches') }} as channels
    from paths
    inner join named_paths
        on paths.named_path_id = named_paths.named_path_id

),

final as (

    select
        path_id,
        journey_type,
        is_converting,

        channels,
        cast({{ set_size('channels') | indent(8) }} as bigint) as channel_count,
        {{ set_hash('channels') | indent(8) }} as set_id,

        journeys,
        value_sum,
        value_square_sum
    from listed

)

select * from final
