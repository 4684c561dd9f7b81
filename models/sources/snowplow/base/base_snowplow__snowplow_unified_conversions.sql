-- Grain: one row per conversion of the package snowplow_unified.
{{ config(enabled=adapter_is_on('snowplow')) }}
{{ source_rows('snowplow', 'snowplow_unified_conversions') }}
