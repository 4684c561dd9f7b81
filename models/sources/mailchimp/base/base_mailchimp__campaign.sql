-- Grain: one row per campaign.
{{ config(enabled=adapter_is_on('mailchimp')) }}
{{ source_rows('mailchimp', 'campaign') }}
