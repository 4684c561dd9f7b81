-- Grain: one row per opportunity.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'opportunity') }}
