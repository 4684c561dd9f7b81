-- Grain: one row per version of a campaign.
{{ config(enabled=adapter_is_on('microsoft_ads')) }}
{{ source_rows('microsoft_ads', 'campaign_history') }}
