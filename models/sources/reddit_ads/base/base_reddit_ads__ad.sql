-- Grain: one row per ad.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
{{ source_rows('reddit_ads', 'ad') }}
