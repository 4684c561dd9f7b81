-- Grain: one row per day, campaign and event type.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
{{ source_rows('reddit_ads', 'campaign_conversions_report') }}
