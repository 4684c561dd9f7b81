-- Grain: one row per event, as often as it was exported.
{{ config(enabled=adapter_is_on('posthog')) }}
{{ source_rows('posthog', 'events') }}
