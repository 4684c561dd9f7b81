-- What: every session and interaction that may be a touchpoint is one, once.
-- Why: touches get their channel by a join on the fields that decide it; one that finds no
--     combination would vanish, one that finds two would count twice.
-- Resolve: int_traffic_combinations must hold each combination of these fields, built as
--     int_touchpoints builds them.
{%- set consented = "consent_state = 'granted'" if setting('require_consent')
    else "consent_state != 'denied'" %}
with

touches as (
    select count(*) as touches
    from {{ ref('assisted_conversions', 'stg_sessions') }}
    where
        not is_bot
        and not is_internal
        and {{ consented }}
    union all
    select count(*) as touches
    from {{ ref('assisted_conversions', 'stg_interactions') }}
    where {{ consented }}
),

touchpoints as (
    select count(*) as touchpoints from {{ ref('assisted_conversions', 'int_touchpoints') }}
)

select
    sum(touches.touches) as touches,
    max(touchpoints.touchpoints) as touchpoints
from touches
cross join touchpoints
having sum(touches.touches) != max(touchpoints.touchpoints)
