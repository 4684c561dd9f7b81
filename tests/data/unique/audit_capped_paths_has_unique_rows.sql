-- What: audit_capped_paths has one row per conversion key.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_capped_paths that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'audit_capped_paths'), ['conversion_key']) }}
