-- Grain: one row per journey: a conversion with a path, or a journey without conversion.
-- Its touches as a list of whole numbers. All that follows is made from these, so texts are read,
-- and touches put in order, only once.
with

path_touches as (

    select * from {{ ref('int_path_touches') }}

),

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

state_names as (

    select * from {{ ref('int_state_names') }}

),

codes as (

    select
        campaigns.channel,
        campaigns.campaign,
        channels.name_id as channel_id,
        campaigns.name_id as campaign_id
    from state_names as campaigns
    inner join state_names as channels
        on campaigns.channel = channels.channel
        and channels.level = 'channel'
    where campaigns.level = 'campaign'

),

converting as (

    select
        path_touches.conversion_key,
        {{ touches_in_order(
            'path_touches.touch_position', 'codes.channel_id', 'codes.campaign_id'
        ) | indent(8) }} as touches
    from path_touches
    inner join codes
        on path_touches.channel = codes.channel
        and path_touches.campaign is not distinct from codes.campaign
    group by path_touches.conversion_key

),

not_converting as (

    select
        any_value(journey_touches.conversion_group) as conversion_group,
        {{ touches_in_order(
            'journey_touches.touch_position', 'codes.channel_id', 'codes.campaign_id'
        ) | indent(8) }} as touches
    from journey_touches
    inner join codes
        on journey_touches.channel = codes.channel
        and journey_touches.campaign is not distinct from codes.campaign
    group by {{ row_hash([
        'journey_touches.conversion_group',
        'journey_touches.person_id',
        'journey_touches.journey_number'
    ]) }}

),

journeys as (

    select
        converting.conversion_key,
        conversions.conversion_type as journey_type,
        true as is_converting,
        conversions.conversion_value,
        converting.touches
    from converting
    inner join conversions
        on converting.conversion_key = conversions.conversion_key
    union all
    select
        cast(null as {{ dbt.type_string() }}) as conversion_key,
        conversion_group as journey_type,
        false as is_converting,
        0 as conversion_value,
        touches
    from not_converting

),

final as (

    select
        *,
        {{ row_hash(['journey_type', 'is_converting', 'touches']) }} as named_path_id
    from journeys

)

select * from final
