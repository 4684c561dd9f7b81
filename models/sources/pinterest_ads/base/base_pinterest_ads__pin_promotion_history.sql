-- Grain: one row per version of an ad.
{{ config(enabled=adapter_is_on('pinterest_ads')) }}
{{ source_rows('pinterest_ads', 'pin_promotion_history') }}
