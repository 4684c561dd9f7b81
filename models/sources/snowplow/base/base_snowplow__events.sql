-- Grain: one row per event, as often as it was written.
{{ config(enabled=adapter_is_on('snowplow')) }}
{{ source_rows('snowplow', 'events') }}
