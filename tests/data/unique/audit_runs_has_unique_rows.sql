-- What: audit_runs has one row per invocation id.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_runs that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'audit_runs'), ['invocation_id']) }}
