-- Grain: one row per mail of an automation.
{{ config(enabled=adapter_is_on('mailchimp')) }}
{{ source_rows('mailchimp', 'automation_email') }}
