-- Grain: one row per deal that was merged.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'merged_deal') }}
