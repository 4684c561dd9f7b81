-- Grain: one row per campaign.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
{{ source_rows('reddit_ads', 'campaign') }}
