-- Grain: one row per call.
{{ config(enabled=adapter_is_on('callrail')) }}
{{ source_rows('callrail', 'calls') }}
