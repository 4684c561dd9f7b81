-- What: audit_platform_claims has one row per month, platform and conversion type.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in audit_platform_claims that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_platform_claims'), ['month', 'platform', 'conversion_type']
) }}
