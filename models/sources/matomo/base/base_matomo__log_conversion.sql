-- Grain: one row per goal reached, order or abandoned cart.
{{ config(enabled=adapter_is_on('matomo')) }}
{{ source_rows('matomo', 'log_conversion') }}
