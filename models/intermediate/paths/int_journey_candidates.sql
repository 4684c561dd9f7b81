-- Grain: one row per conversion group and touch of a journey that led to no conversion, before path
-- rules, including journeys that may still convert. A part of int_person_journey_touches.
{{ config(materialized='ephemeral') }}
with

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ is_changed('person_id', of='int_person_journey_touches') }}

),

candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}
    where {{ is_changed('person_id', of='int_person_journey_touches') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}
    where
        {{ is_changed('person_id', of='int_person_journey_touches') }}
        and is_engaged
        and not is_view

),

path_touches as (

    select distinct
        journey_groups.conversion_group,
        candidates.touchpoint_id
    from candidates
    inner join journey_groups
        on candidates.conversion_type = journey_groups.conversion_type

),

groups as (

    select distinct
        conversion_group,
        lookback_days
    from journey_groups

),

-- A touch on no path of the group, or one of the group's conversions.
events as (

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
    left join path_touches
        on
            groups.conversion_group = path_touches.conversion_group
            and touchpoints.touchpoint_id = path_touches.touchpoint_id
    where path_touches.touchpoint_id is null
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

),

with_previous as (

    select
        *,
        lag(happened_at) over in_order as previous_at,
        lag(is_conversion) over in_order as follows_conversion
    from events
    -- A conversion at exactly the time of a touch comes before it.
    window in_order as (
        partition by conversion_group, person_id
        order by happened_at, is_conversion desc, touchpoint_id
    )

),

with_journey_number as (

    select
        *,
        sum(case
            when
                previous_at is null
                or follows_conversion
                or {{ seconds_between('previous_at', 'happened_at') }} > lookback_days * 86400
                then 1
            else 0
        end) over (
            partition by conversion_group, person_id
            order by happened_at, is_conversion desc, touchpoint_id
            rows between unbounded preceding and current row
        ) as journey_number
    from with_previous

),

final as (

    select
        conversion_group,
        lookback_days,
        person_id,
        journey_number,
        touchpoint_id,
        channel,
        campaign,
        happened_at as touched_at,
        max(happened_at) over (
            partition by conversion_group, person_id, journey_number
        ) as last_touched_at
    from with_journey_number
    where not is_conversion

)

select * from final
