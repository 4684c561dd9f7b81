-- Grain: one row per visit. A visit ends after `session_minutes` without an event.
{{ config(enabled=adapter_is_on('segment'), materialized='table') }}
{{ sessions_of_events(
    tracked_events(
        ref('assisted_conversions', 'base_segment__pages'),
        ref('assisted_conversions', 'base_segment__tracks')
    ),
    adapter_setting('segment', 'session_minutes'),
    ['page_url as landing_url', 'referrer_url'] + utm_fields() + ['user_agent']
) }}
