-- Grain: one row per event `Order Completed`, as often as it was sent.
{{ config(enabled=adapter_is_on('segment')) }}
{{ source_rows('segment', 'order_completed') }}
