-- Grain: one row per conversion group, channel and position of its touches on paths.
-- The position-aware form of Shapley: a channel's share of a path, 1 / channels, is spread over its
-- touches alike, so that the sum over positions is the channel's Shapley credit.
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}
    where is_converting

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}
    where level = 'channel'

),

path_touches as (

    {{ unnested_path(
        'paths', ['path_id', 'journey_type', 'channel_count', 'journeys', 'value_sum'], 'channels'
    ) | indent(4) }}

),

shares as (

    select
        journey_type,
        name_id,
        least(touch_position, {{ path_length_buckets() | length }}) as position_order,
        journeys,
        value_sum,
        1.0 / (channel_count * count(*) over (partition by path_id, name_id)) as share
    from path_touches

),

-- Conversions are independent of each other: what types have adds up.
type_positions as (

    select
        journey_type as conversion_type,
        name_id,
        position_order,
        sum(share * journeys) as credit,
        sum(share * value_sum) as credited_value
    from shares
    group by
        journey_type,
        name_id,
        position_order

),

final as (

    select
        conversion_groups.conversion_group,
        state_names.channel,
        {{ path_length_bucket('type_positions.position_order') }} as position_bucket,
        type_positions.position_order,

        sum(type_positions.credit) as credit,
        {{ money('sum(type_positions.credited_value)') }} as credited_value
    from type_positions
    inner join conversion_groups
        on type_positions.conversion_type = conversion_groups.conversion_type
    inner join state_names
        on type_positions.name_id = state_names.name_id
    group by
        conversion_groups.conversion_group,
        state_names.channel,
        type_positions.position_order

)

select * from final
