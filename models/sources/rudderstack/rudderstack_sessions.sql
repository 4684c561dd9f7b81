-- Grain: one row per visit. A visit ends after `session_minutes` without an event.
{{ config(enabled=adapter_is_on('rudderstack'), materialized='table') }}
{{ sessions_of_events(
    tracked_events(
        ref('assisted_conversions', 'base_rudderstack__pages'),
        ref('assisted_conversions', 'base_rudderstack__tracks')
    ),
    adapter_setting('rudderstack', 'session_minutes'),
    ['page_url as landing_url', 'referrer_url'] + utm_fields() + ['user_agent']
) }}
