-- Grain: one row per visit, with at least one page view.
{{ config(enabled=adapter_is_on('posthog'), materialized='table') }}
{%- set events -%}
select
    uuid as event_id,
    session_id,
    {{ posthog_visitor() | indent(4) }} as visitor_id,
    {{ posthog_user() | indent(4) }} as user_id,
    event = '$pageview' as is_page_view,
    occurred_at,
    loaded_at,
    page_url as landing_url,
    nullif(referrer, '$direct') as referrer_url,
    case
        when lower(device_type) in ('desktop', 'mobile', 'tablet') then lower(device_type)
        when device_type is not null then 'other'
    end as device_type,
    country,
    user_agent
from {{ ref('assisted_conversions', 'base_posthog__properties') }}
where session_id is not null
{%- endset -%}
{{ visits_of_events(
    events,
    ['session_id'],
    'session_id',
    ['landing_url', 'referrer_url', 'device_type', 'country', 'user_agent'],
    seconds_between('min(occurred_at)', 'max(occurred_at)')
) }}
