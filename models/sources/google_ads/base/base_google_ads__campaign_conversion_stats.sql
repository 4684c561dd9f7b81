-- Grain: one row per day, campaign and conversion action.
{{ config(enabled=adapter_is_on('google_ads')) }}
{{ source_rows('google_ads', 'campaign_conversion_stats') }}
