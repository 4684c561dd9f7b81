-- What: audit_tracking_plan has one row per field, value and rule.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_tracking_plan that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_tracking_plan'), ['field', 'value', 'rule']
) }}
