-- Grain: one row per hour and ad.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
{{ source_rows('tiktok_ads', 'ad_report_hourly') }}
