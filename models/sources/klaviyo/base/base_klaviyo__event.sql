-- Grain: one row per event.
{{ config(enabled=adapter_is_on('klaviyo')) }}
{{ source_rows('klaviyo', 'event') }}
