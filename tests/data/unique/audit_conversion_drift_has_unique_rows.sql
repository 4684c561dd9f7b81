-- What: audit_conversion_drift has one row per conversion date and conversion type.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_conversion_drift that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_conversion_drift'), ['conversion_date', 'conversion_type']
) }}
