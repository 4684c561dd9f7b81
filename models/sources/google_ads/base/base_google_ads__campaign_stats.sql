-- Grain: one row per day, campaign, network and device.
{{ config(enabled=adapter_is_on('google_ads')) }}
{{ source_rows('google_ads', 'campaign_stats') }}
