-- Grain: one row per version of a campaign.
{{ config(enabled=adapter_is_on('google_ads')) }}
{{ source_rows('google_ads', 'campaign_history') }}
