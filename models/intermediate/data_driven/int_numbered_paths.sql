-- Grain: one row per conversion with a path.
-- Its touches as a list of whole numbers. All that follows is made from these, so texts are read
-- only once.
{{ rebuilt_by('conversion_key', 'int_changed_conversions') }}
with

path_touches as (

    select * from {{ only_changed('int_path_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}

),

codes as (

    {{ touch_codes('state_names') | indent(4) }}

),

touches as (

    select
        path_touches.conversion_key,
        {{ packed_touch(
            'path_touches.touch_position', 'codes.channel_id', 'codes.campaign_id'
        ) }} as touch
    from path_touches
    inner join codes
        on path_touches.channel = codes.channel
        and path_touches.campaign is not distinct from codes.campaign

),

numbered as (

    select
        conversion_key,
        {{ number_list('touch') }} as touches,
        {{ path_hash(['touch']) }} as touches_hash
    from touches
    group by conversion_key

),

final as (

    select
        numbered.conversion_key,
        {{ row_hash(['numbered.conversion_key']) }} as journey_hash,
        conversions.conversion_type as journey_type,
        true as is_converting,
        conversions.conversion_value,
        numbered.touches,
        {{ row_hash(['conversions.conversion_type', 'true', 'numbered.touches_hash']) }}
            as named_path_id
    from numbered
    inner join conversions
        on numbered.conversion_key = conversions.conversion_key

)

select * from final
