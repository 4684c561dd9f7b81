-- Grain: one row per deal.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'deal') }}
