-- What: audit_conflicting_orders has one row per order and conversion type.
-- Why: BI tools read it as a contract: a row that came twice would be counted twice.
-- Resolve: find the join in audit_conflicting_orders that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_conflicting_orders'), ['order_id', 'conversion_type']
) }}
