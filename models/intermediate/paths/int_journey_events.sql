-- Grain: one row per conversion group and event of a person: a touch on no path of the group, or
-- one of the group's conversions.
{{ config(materialized='view') }}
with

journey_groups as (

    select * from {{ ref('int_journey_groups') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

),

candidates as (

    select * from {{ ref('int_path_candidates') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

),

touchpoints as (

    select * from {{ ref('int_touchpoints') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

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

final as (

    select
        groups.conversion_group,
        groups.lookback_days,
        touchpoints.person_id,
        touchpoints.touchpoint_id,
        touchpoints.channel,
        touchpoints.source,
        touchpoints.medium,
        touchpoints.campaign,
        touchpoints.touched_at as happened_at,
        false as is_conversion
    from touchpoints
    cross join groups
    left join path_touches
        on
            groups.conversion_group = path_touches.conversion_group
            and touchpoints.touchpoint_id = path_touches.touchpoint_id
    where
        touchpoints.is_engaged
        and not touchpoints.is_view
        and path_touches.touchpoint_id is null
    union all
    select
        journey_groups.conversion_group,
        journey_groups.lookback_days,
        conversions.person_id,
        null as touchpoint_id,
        null as channel,
        null as source,
        null as medium,
        null as campaign,
        conversions.converted_at as happened_at,
        true as is_conversion
    from conversions
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type

)

select * from final
