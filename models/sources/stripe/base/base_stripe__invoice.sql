-- Grain: one row per invoice.
{{ config(enabled=adapter_is_on('stripe')) }}
{{ source_rows('stripe', 'invoice') }}
