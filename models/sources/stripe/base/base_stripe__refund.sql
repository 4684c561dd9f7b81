-- Grain: one row per refund.
{{ config(enabled=adapter_is_on('stripe')) }}
{{ source_rows('stripe', 'refund') }}
