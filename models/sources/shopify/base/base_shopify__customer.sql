-- Grain: one row per customer.
{{ config(enabled=adapter_is_on('shopify')) }}
{{ source_rows('shopify', 'customer') }}
