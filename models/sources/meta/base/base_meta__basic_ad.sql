-- Grain: one row per day and ad.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'basic_ad') }}
