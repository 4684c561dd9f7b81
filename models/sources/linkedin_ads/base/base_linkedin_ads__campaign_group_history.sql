-- Grain: one row per version of a campaign group.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{{ source_rows('linkedin_ads', 'campaign_group_history') }}
