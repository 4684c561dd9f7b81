-- Grain: one row per step of a payment or a refund.
{{ config(enabled=adapter_is_on('shopify')) }}
{{ source_rows('shopify', 'transaction') }}
