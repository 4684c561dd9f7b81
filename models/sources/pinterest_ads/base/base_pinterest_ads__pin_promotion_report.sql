-- Grain: one row per day and ad.
{{ config(enabled=adapter_is_on('pinterest_ads')) }}
{{ source_rows('pinterest_ads', 'pin_promotion_report') }}
