-- What: of all sessions, no larger share than setting `max_unassigned_share` has the channel
--     Unassigned.
-- Why: what they assist is nobody's, and the shares of all other channels are too small.
-- Resolve: add the rows that audit_unmapped_traffic suggests, those with the most conversions
--     first.
{{ config(severity='warn') }}
with

unmapped as (

    select sum(sessions) as sessions
    from {{ ref('assisted_conversions', 'audit_unmapped_traffic') }}

),

touchpoints as (

    select count(*) as sessions
    from {{ ref('assisted_conversions', 'fct_touchpoints') }}
    where touch_type = 'session'

)

select
    unmapped.sessions as unassigned_sessions,
    touchpoints.sessions as all_sessions
from unmapped
cross join touchpoints
where unmapped.sessions > touchpoints.sessions * {{ setting('max_unassigned_share') }}
