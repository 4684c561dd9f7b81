-- Grain: one row per contact of an opportunity.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'opportunity_contact_role') }}
