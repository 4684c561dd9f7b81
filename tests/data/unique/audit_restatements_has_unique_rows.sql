-- What: audit_restatements has one row per restated at, conversion date, conversion type and
--   channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_restatements that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_restatements'),
    ['restated_at', 'conversion_date', 'conversion_type', 'channel']
) }}
