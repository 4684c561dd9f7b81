-- Grain: one row per event of the days that are over.
{{ config(enabled=adapter_is_on('ga4')) }}
{{ source_rows('ga4', 'events') }}
