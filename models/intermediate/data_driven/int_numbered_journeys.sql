-- Grain: one row per non-converting journey, with its touches as a list of whole numbers.
{{ rebuilt_by('person_id', 'int_changed_journey_persons') }}
with

journey_touches as (

    select * from {{ only_changed('int_journey_touches') }}

),

state_names as (

    select * from {{ ref('int_state_names') }}

),

codes as (

    {{ touch_codes('state_names') | indent(4) }}

),

numbered as (

    select
        any_value(journey_touches.person_id) as person_id,
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

final as (

    select
        person_id,
        conversion_group as journey_type,
        false as is_converting,
        cast(0 as decimal(18, 4)) as conversion_value,
        touches,
        {{ row_hash(['conversion_group', 'false', 'touches']) }} as named_path_id
    from numbered

)

select * from final
