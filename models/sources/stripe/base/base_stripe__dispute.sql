-- Grain: one row per disputed payment.
{{ config(enabled=adapter_is_on('stripe')) }}
{{ source_rows('stripe', 'dispute') }}
