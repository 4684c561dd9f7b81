-- Grain: one row per day, campaign, network and device.
{{ config(enabled=adapter_is_on('microsoft_ads')) }}
{{ source_rows('microsoft_ads', 'campaign_performance_daily_report') }}
