-- Grain: one row per change of a field of an opportunity.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'opportunity_field_history') }}
