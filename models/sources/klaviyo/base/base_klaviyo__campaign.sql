-- Grain: one row per campaign.
{{ config(enabled=adapter_is_on('klaviyo')) }}
{{ source_rows('klaviyo', 'campaign') }}
