-- Grain: one row per lead.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'lead') }}
