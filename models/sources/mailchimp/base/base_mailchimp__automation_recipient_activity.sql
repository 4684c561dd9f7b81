-- Grain: one row per open, click or bounce of an automation's mail.
{{ config(enabled=adapter_is_on('mailchimp')) }}
{{ source_rows('mailchimp', 'automation_recipient_activity') }}
