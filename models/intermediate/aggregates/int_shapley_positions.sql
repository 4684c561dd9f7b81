-- Grain: one row per conversion group, channel and position of its touches on paths.
-- The position-aware form of Shapley: a channel's share of a path, 1 / channels, is spread equally
-- over its touches, so that over positions the shares add up to the channel's Shapley credit.
{{ config(enabled=setting('data_driven')) }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversion_channels as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

shares as (

    select
        conversions.conversion_type,
        touches.channel,
        least(touches.touch_position, {{ path_length_buckets() | length }}) as position_order,
        conversions.conversion_value,
        {{ as_double(1) }} / (conversions.channel_count * conversion_channels.touch_count) as share
    from touches
    inner join conversion_channels
        on touches.conversion_key = conversion_channels.conversion_key
        and touches.channel = conversion_channels.channel
    inner join conversions
        on touches.conversion_key = conversions.conversion_key

),

-- Conversions are independent of each other, so the credits of types add up.
type_positions as (

    select
        conversion_type,
        channel,
        position_order,
        sum(share) as credit,
        sum(share * cast(conversion_value as {{ double_type() }})) as credited_value
    from shares
    group by
        conversion_type,
        channel,
        position_order

),

final as (

    select
        conversion_groups.conversion_group,
        type_positions.channel,
        {{ path_length_bucket('type_positions.position_order') }} as position_bucket,
        type_positions.position_order,

        sum(type_positions.credit) as credit,
        {{ money('sum(type_positions.credited_value)') }} as credited_value
    from type_positions
    inner join conversion_groups
        on type_positions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        type_positions.channel,
        type_positions.position_order

)

select * from final
