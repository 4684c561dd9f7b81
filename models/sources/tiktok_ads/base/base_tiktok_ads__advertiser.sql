-- Grain: one row per account.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
{{ source_rows('tiktok_ads', 'advertiser') }}
