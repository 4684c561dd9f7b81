-- Grain: one row per open, click or bounce of a campaign's mail.
{{ config(enabled=adapter_is_on('mailchimp')) }}
{{ source_rows('mailchimp', 'campaign_recipient_activity') }}
