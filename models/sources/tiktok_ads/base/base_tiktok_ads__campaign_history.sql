-- Grain: one row per version of a campaign.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
{{ source_rows('tiktok_ads', 'campaign_history') }}
