-- What: audit_shared_keys has one row per identity key.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_shared_keys that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'audit_shared_keys'), ['identity_key']) }}
