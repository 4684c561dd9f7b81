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

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}

),

sessions_without_consent as (

    select * from {{ ref('assisted_conversions', 'int_sessions_without_consent') }}

),

-- The sessions that may be on a path are in path_candidates; here are the others.
other_sessions as (

    select
        touchpoint_id,
        person_id,
        device_type,
        country,
        false as is_denied,
        touched_at
    from touchpoints
    where
        touch_type = 'session'
        and not is_engaged
    union all
    select
        touchpoint_id,
        person_id,
        device_type,
        country,
        is_denied,
        touched_at
    from sessions_without_consent

),

numbered_sessions as (

    select
        *,
        row_number() over (
            partition by person_id
            order by touched_at, touchpoint_id
        ) as session_number
    from other_sessions
    where person_id in (select conversions.person_id from conversions)

),

-- In one order, so that a person with many sessions and conversions does not join each with each.
moments as (

    select
        person_id,
        touched_at as happened_at,
        1 as kind,
        session_number,
        case when is_denied then touched_at end as denied_at,
        null as conversion_key
    from numbered_sessions
    union all
    select
        person_id,
        converted_at as happened_at,
        2 as kind,
        null as session_number,
        null as denied_at,
        conversion_key
    from conversions
    where person_id in (select numbered_sessions.person_id from numbered_sessions)

),

with_sessions_before as (

    select
        conversion_key,
        max(session_number) over before_moment as last_session_number,
        max(denied_at) over before_moment as last_denied_at
    from moments
    window before_moment as (
        partition by person_id
        order by happened_at, kind
        rows between unbounded preceding and current row
    )

),

latest_sessions as (

    select
        conversions.conversion_key,
        numbered_sessions.touchpoint_id,
        numbered_sessions.touched_at,
        numbered_sessions.device_type,
        numbered_sessions.country,
        coalesce(with_sessions_before.last_denied_at >= conversions.window_opens_at, false)
            as is_hidden
    from conversions
    inner join with_sessions_before
        on conversions.conversion_key = with_sessions_before.conversion_key
    inner join numbered_sessions
        on
            conversions.person_id = numbered_sessions.person_id
            and with_sessions_before.last_session_number = numbered_sessions.session_number
            and numbered_sessions.touched_at >= conversions.window_opens_at
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
        max({{ struct_of(['touched_at', 'touchpoint_id', 'device_type', 'country']) }})
            as latest_session,
        max(case when is_hidden then 1 else 0 end) as is_hidden
    from latest_sessions
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
