-- Grain: one row per conversion group and engaged visit, or conversion of the group. A part of
-- int_person_journey_touches.
{{ config(materialized='ephemeral') }}
with

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ is_changed('person_id', of='int_person_journey_touches') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}
    where
        {{ is_changed('person_id', of='int_person_journey_touches') }}
        and is_engaged
        and not is_view

),

groups as (

    select distinct
        conversion_group,
        lookback_days
    from journey_groups

),

final as (

    select
        groups.conversion_group,
        groups.lookback_days,
        touchpoints.person_id,
        touchpoints.touchpoint_id,
        touchpoints.channel,
        touchpoints.campaign,
        touchpoints.touched_at as happened_at,
        false as is_conversion
    from touchpoints
    cross join groups
    union all
    select
        journey_groups.conversion_group,
        journey_groups.lookback_days,
        conversions.person_id,
        null as touchpoint_id,
        null as channel,
        null as campaign,
        conversions.converted_at as happened_at,
        true as is_conversion
    from conversions
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type

)

select * from final
