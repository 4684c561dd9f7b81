-- Grain: one row per entry of a deal into a stage.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'deal_stage') }}
