-- Grain: one row per event about consent.
{{ config(enabled=adapter_is_on('snowplow')) }}
{{ source_rows('snowplow', 'snowplow_unified_consent_log') }}
