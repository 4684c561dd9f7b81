-- Grain: one row per order.
{{ config(enabled=adapter_is_on('shopify')) }}
{{ source_rows('shopify', 'order') }}
