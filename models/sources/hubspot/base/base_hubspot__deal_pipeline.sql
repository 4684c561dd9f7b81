-- Grain: one row per pipeline.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'deal_pipeline') }}
