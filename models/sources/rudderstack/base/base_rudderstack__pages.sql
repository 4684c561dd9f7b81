-- Grain: one row per page view, as often as it was sent.
{{ config(enabled=adapter_is_on('rudderstack')) }}
{{ source_rows('rudderstack', 'pages') }}
