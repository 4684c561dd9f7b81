-- Grain: one row per version of a campaign.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{{ source_rows('linkedin_ads', 'campaign_history') }}
