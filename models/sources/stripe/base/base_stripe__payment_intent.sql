-- Grain: one row per payment.
{{ config(enabled=adapter_is_on('stripe')) }}
{{ source_rows('stripe', 'payment_intent') }}
