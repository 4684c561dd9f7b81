-- Grain: one row per event that is a conversion; of an order that one buyer sent twice the first.
{{ config(enabled=adapter_is_on('segment')) }}
{{ tracked_conversions(
    ref('assisted_conversions', 'base_segment__tracks'),
    ref('assisted_conversions', 'base_segment__order_completed'),
    adapter_setting('segment', 'conversions'),
    adapter_setting('segment', 'order_value')
) }}
