-- Grain: one row per event that is a conversion; of an order that one buyer sent twice the first.
{{ config(enabled=adapter_is_on('rudderstack')) }}
{{ tracked_conversions(
    ref('assisted_conversions', 'base_rudderstack__tracks'),
    ref('assisted_conversions', 'base_rudderstack__order_completed'),
    adapter_setting('rudderstack', 'conversions'),
    adapter_setting('rudderstack', 'order_value')
) }}
