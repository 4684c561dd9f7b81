-- Grain: one row per kind of event.
{{ config(enabled=adapter_is_on('klaviyo')) }}
{{ source_rows('klaviyo', 'metric') }}
