-- Grain: one row per profile.
{{ config(enabled=adapter_is_on('klaviyo')) }}
{{ source_rows('klaviyo', 'person') }}
