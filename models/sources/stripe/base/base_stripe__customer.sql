-- Grain: one row per customer.
{{ config(enabled=adapter_is_on('stripe')) }}
{{ source_rows('stripe', 'customer') }}
