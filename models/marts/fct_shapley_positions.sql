-- Grain: one row per conversion group, channel and position of its touches on paths.
-- The position-aware form of Shapley: a channel's share of a path, 1 / channels, is spread over its
-- touches alike, so that the sum over positions is the channel's Shapley credit.
with

paths as (

    select * from {{ ref('int_distinct_paths') }}
    where is_converting

),

path_touches as (

    select * from {{ ref('int_distinct_path_touches') }}

),

state_names as (

    select * from {{ ref('int_state_names') }}
    where level = 'channel'

),

channel_touches as (

    select
        path_id,
        name_id,
        count(*) as touches
    from path_touches
    group by
        path_id,
        name_id

),

path_channels as (

    select
        path_id,
        count(*) as channels
    from channel_touches
    group by path_id

),

shares as (

    select
        paths.conversion_group,
        path_touches.name_id,
        {{ path_length_bucket('path_touches.touch_position') }} as position_bucket,
        least(path_touches.touch_position, {{ path_length_buckets() | length }})
            as position_order,
        paths.journeys,
        paths.value_sum,
        1.0 / (path_channels.channels * channel_touches.touches) as share
    from path_touches
    inner join paths
        on path_touches.path_id = paths.path_id
    inner join channel_touches
        on path_touches.path_id = channel_touches.path_id
        and path_touches.name_id = channel_touches.name_id
    inner join path_channels
        on path_touches.path_id = path_channels.path_id

),

final as (

    select
        shares.conversion_group,
        state_names.channel,
        shares.position_bucket,
        shares.position_order,

        sum(shares.share * shares.journeys) as credit,
        cast(sum(shares.share * shares.value_sum) as decimal(18, 4)) as credited_value
    from shares
    inner join state_names
        on shares.name_id = state_names.name_id
    group by
        shares.conversion_group,
        state_names.channel,
        shares.position_bucket,
        shares.position_order

)

select * from final
