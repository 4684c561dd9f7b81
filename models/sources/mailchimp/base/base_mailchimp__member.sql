-- Grain: one row per member of a list.
{{ config(enabled=adapter_is_on('mailchimp')) }}
{{ source_rows('mailchimp', 'member') }}
