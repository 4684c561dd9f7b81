-- Grain: one row per mail that is sent to many.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'email_campaign') }}
