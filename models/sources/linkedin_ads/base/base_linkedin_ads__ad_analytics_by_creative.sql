-- Grain: one row per day and creative.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{{ source_rows('linkedin_ads', 'ad_analytics_by_creative') }}
