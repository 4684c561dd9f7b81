-- What: audit_tracking_quality has one row per day and check.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_tracking_quality that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_tracking_quality'), ['touch_date', 'check_name']
) }}
