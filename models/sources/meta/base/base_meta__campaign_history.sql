-- Grain: one row per version of a campaign.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'campaign_history') }}
