-- Grain: one row per version of an ad.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'ad_history') }}
