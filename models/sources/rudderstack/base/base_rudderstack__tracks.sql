-- Grain: one row per event, as often as it was sent.
{{ config(enabled=adapter_is_on('rudderstack')) }}
{{ source_rows('rudderstack', 'tracks') }}
