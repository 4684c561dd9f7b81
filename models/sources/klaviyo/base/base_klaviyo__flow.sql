-- Grain: one row per flow.
{{ config(enabled=adapter_is_on('klaviyo')) }}
{{ source_rows('klaviyo', 'flow') }}
