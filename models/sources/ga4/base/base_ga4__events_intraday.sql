-- Grain: one row per event of the running day.
{{ config(enabled=adapter_is_on('ga4')) }}
{{ source_rows('ga4', 'events_intraday') }}
