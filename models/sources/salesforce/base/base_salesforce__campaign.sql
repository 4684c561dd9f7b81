-- Grain: one row per campaign.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'campaign') }}
