-- Grain: one row per version of a creative.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'creative_history') }}
