-- Grain: one row per version of an ad set.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'ad_set_history') }}
