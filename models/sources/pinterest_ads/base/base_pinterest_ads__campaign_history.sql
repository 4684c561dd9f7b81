-- Grain: one row per version of a campaign.
{{ config(enabled=adapter_is_on('pinterest_ads')) }}
{{ source_rows('pinterest_ads', 'campaign_history') }}
