-- Grain: one row per stage of a pipeline.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'deal_pipeline_stage') }}
