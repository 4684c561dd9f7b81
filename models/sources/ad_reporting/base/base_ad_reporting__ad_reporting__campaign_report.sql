-- Grain: one row per day and campaign.
{{ config(enabled=adapter_is_on('ad_reporting')) }}
{{ source_rows('ad_reporting', 'ad_reporting__campaign_report') }}
