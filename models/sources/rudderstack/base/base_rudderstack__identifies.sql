-- Grain: one row per identify call, as often as it was sent.
{{ config(enabled=adapter_is_on('rudderstack')) }}
{{ source_rows('rudderstack', 'identifies') }}
