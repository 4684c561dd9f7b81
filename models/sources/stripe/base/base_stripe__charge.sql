-- Grain: one row per attempt to take money.
{{ config(enabled=adapter_is_on('stripe')) }}
{{ source_rows('stripe', 'charge') }}
