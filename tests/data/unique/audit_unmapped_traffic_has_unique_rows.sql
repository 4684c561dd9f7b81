-- What: audit_unmapped_traffic has one row per source and medium.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_unmapped_traffic that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_unmapped_traffic'), ['source', 'medium']
) }}
