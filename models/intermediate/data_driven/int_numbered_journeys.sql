-- Grain: one row per non-converting journey, with its touches as a list of whole numbers.
-- Persons, groups and paths are numbers here: texts would cost more than all else.
{{ rebuilt_by('person_hash', changed_hashes(
    'person_hash', 'int_changed_journey_persons', 'person_id'
)) }}
with

journey_touches as (

    select * from {{ only_changed('int_journey_touches') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}

),

codes as (

    {{ touch_codes('state_names') | indent(4) }}

),

touches as (

    select
        {{ row_hash(['journey_touches.person_id']) }} as person_hash,
        {{ row_hash(['journey_touches.conversion_group']) }} as group_hash,
        journey_touches.journey_number,
        {{ packed_touch(
            'journey_touches.touch_position', 'codes.channel_id', 'codes.campaign_id'
        ) }} as touch
    from journey_touches
    inner join codes
        on journey_touches.channel = codes.channel
        and journey_touches.campaign is not distinct from codes.campaign

),

numbered as (

    select
        person_hash,
        group_hash,
        journey_number,
        {{ number_list('touch') }} as touches,
        {{ path_hash(['touch']) }} as touches_hash
    from touches
    group by
        person_hash,
        group_hash,
        journey_number

),

groups as (

    select distinct conversion_group
    from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

final as (

    select
        numbered.person_hash,
        {{ row_hash(['numbered.person_hash', 'numbered.group_hash', 'numbered.journey_number']) }}
            as journey_hash,
        groups.conversion_group as journey_type,
        false as is_converting,
        cast(0 as decimal(18, 4)) as conversion_value,
        numbered.touches,
        {{ row_hash(['numbered.group_hash', 'false', 'numbered.touches_hash']) }}
            as named_path_id
    from numbered
    inner join groups
        on numbered.group_hash = {{ row_hash(['groups.conversion_group']) }}

)

select * from final
