-- What: audit_excluded_conversions has one row per conversion key.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_excluded_conversions that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'audit_excluded_conversions'), ['conversion_key']) }}
