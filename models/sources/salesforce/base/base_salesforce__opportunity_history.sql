-- Grain: one row per change of an opportunity's stage, amount, chance or close date.
{{ config(enabled=adapter_is_on('salesforce')) }}
{{ source_rows('salesforce', 'opportunity_history') }}
