-- Grain: one row per event `Order Completed`, as often as it was sent.
{{ config(enabled=adapter_is_on('rudderstack')) }}
{{ source_rows('rudderstack', 'order_completed') }}
