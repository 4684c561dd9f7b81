-- What: every session and interaction that may be a touchpoint is one, once, or goes on with
--     another one.
-- Why: touches get their channel by a join on traffic_key. One whose key is missing in
--     int_traffic_sources would vanish, one whose key is there twice would count twice.
-- Resolve: int_traffic_evidence must take traffic_key from staging for every kind of touch, and
--     the seed interaction_types must have every type once.
{%- set has_consent = "consent_state = 'granted'" if setting('require_consent')
    else "consent_state != 'denied'" %}
with

touches as (

    select count(*) as touches
    from {{ ref('assisted_conversions', 'stg_sessions') }}
    where
        not is_bot
        and not is_internal
        and {{ has_consent }}
        and not {{ leaves_with_its_person('session', 'session_id') }}
    union all
    select count(*) as touches
    from {{ ref('assisted_conversions', 'stg_interactions') }}
    where
        not is_bot
        and {{ has_consent }}
        and not {{ leaves_with_its_person('interaction', 'interaction_id') }}

),

classified as (

    select touchpoint_id
    from {{ ref('assisted_conversions', 'int_touchpoints') }}
    union all
    select touchpoint_id
    from {{ ref('assisted_conversions', 'int_continued_touches') }}

),

touchpoints as (

    select count(*) as touchpoints
    from classified

)

select
    sum(touches.touches) as touches,
    max(touchpoints.touchpoints) as touchpoints
from touches
cross join touchpoints
having sum(touches.touches) != max(touchpoints.touchpoints)
