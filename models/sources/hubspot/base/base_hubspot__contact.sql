-- Grain: one row per contact.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'contact') }}
