-- Grain: one row per journey: a conversion with a path, or a journey without conversion.
-- Its path as lists of small whole numbers. All that follows is made from these, so texts are read,
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

-- Channel and campaign in one number: one list to sort.
codes as (

    select
        campaigns.channel,
        campaigns.campaign,
        channels.name_id * 32768 + campaigns.name_id as code
    from state_names as campaigns
    inner join state_names as channels
        on campaigns.channel = channels.channel
        and channels.level = 'channel'
    where campaigns.level = 'campaign'

),

converting as (

    select
        path_touches.conversion_key,
        {{ ordered_numbers('codes.code', 'path_touches.touch_position') | indent(8) }} as path
    from path_touches
    inner join codes
        on path_touches.channel = codes.channel
        and path_touches.campaign is not distinct from codes.campaign
    group by path_touches.conversion_key

),

not_converting as (

    select
        min(journey_touches.conversion_group) as conversion_group,
        {{ ordered_numbers('codes.code', 'journey_touches.touch_position') | indent(8) }} as path
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
        converting.path
    from converting
    inner join conversions
        on converting.conversion_key = conversions.conversion_key
    union all
    select
        cast(null as {{ dbt.type_string() }}) as conversion_key,
        conversion_group as journey_type,
        false as is_converting,
        0 as conversion_value,
        path
    from not_converting

),

named as (

    select
        conversion_key,
        journey_type,
        is_converting,
        conversion_value,
        {{ each_number('path', 'cast(floor(number / 32768) as bigint)') }} as channels,
        {{ each_number('path', 'number % 32768') }} as campaigns
    from journeys

),

final as (

    select
        *,
        {{ row_hash(['journey_type', 'is_converting', 'channels']) }} as path_id
    from named

)

select * from final
