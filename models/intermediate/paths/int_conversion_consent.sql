-- Grain: one row per conversion with a session in its window, consented to or not.
-- A conversion is hidden if its person refused consent in a session of the window. A return from a
-- payment page goes on with the visit before it and is no session here.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

path_candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}
    where touch_type = 'session'

),

other_sessions as (

    select * from {{ ref('assisted_conversions', 'int_other_sessions') }}

),

sessions as (

    select
        conversion_key,
        touchpoint_id,
        touched_at,
        device_type,
        country,
        is_hidden
    from other_sessions
    union all
    select
        conversion_key,
        touchpoint_id,
        touched_at,
        device_type,
        country,
        false as is_hidden
    from path_candidates

),

latest as (

    select
        conversion_key,
        {{ greatest_struct([
            ['touched_at', 'touched_at'],
            ['touchpoint_id', 'touchpoint_id'],
            ['device_type', 'device_type'],
            ['country', 'country'],
        ]) | indent(8) }} as latest_session,
        max(case when is_hidden then 1 else 0 end) as is_hidden
    from sessions
    group by conversion_key

),

final as (

    select
        conversions.conversion_key,
        conversions.person_id,
        conversions.conversion_type,
        {{ struct_field('latest.latest_session', 'device_type') }} as device_type,
        {{ struct_field('latest.latest_session', 'country') }} as country,
        {{ week_start_date('conversions.conversion_date') }} as week_start_date,
        latest.is_hidden = 1 as is_hidden
    from conversions
    inner join latest
        on conversions.conversion_key = latest.conversion_key

)

select * from final
