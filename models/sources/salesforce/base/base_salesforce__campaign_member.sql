-- Grain: one row per person of a campaign.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'campaign_member') }}
