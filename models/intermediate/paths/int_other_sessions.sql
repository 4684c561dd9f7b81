-- Grain: one row per conversion with a session in its window that may not be on its path: one that
-- is not engaged, or without consent. The latest of them, and whether consent was refused in any.
{%- set before_moment = 'partition by person_id order by happened_at, kind'
    ~ ' rows between unbounded preceding and current row' %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}

),

sessions_without_consent as (

    select * from {{ ref('assisted_conversions', 'int_sessions_without_consent') }}

),

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
        person_id,
        conversion_key,
        max(session_number) over ({{ before_moment }}) as last_session_number,
        max(denied_at) over ({{ before_moment }}) as last_denied_at
    from moments

),

final as (

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
            with_sessions_before.person_id = numbered_sessions.person_id
            and with_sessions_before.last_session_number = numbered_sessions.session_number
            and conversions.window_opens_at <= numbered_sessions.touched_at

)

select * from final
