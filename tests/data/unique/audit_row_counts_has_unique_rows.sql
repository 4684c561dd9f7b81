-- What: audit_row_counts has one row per table name.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_row_counts that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'audit_row_counts'), ['table_name']) }}
