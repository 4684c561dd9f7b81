-- Grain: one row per event of a mail.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'email_event') }}
