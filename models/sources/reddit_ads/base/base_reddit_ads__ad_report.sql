-- Grain: one row per day, ad and region.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
{{ source_rows('reddit_ads', 'ad_report') }}
