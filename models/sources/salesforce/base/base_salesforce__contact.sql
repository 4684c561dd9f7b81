-- Grain: one row per contact.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'contact') }}
