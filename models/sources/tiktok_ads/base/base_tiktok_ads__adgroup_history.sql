-- Grain: one row per version of an ad group.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
{{ source_rows('tiktok_ads', 'adgroup_history') }}
