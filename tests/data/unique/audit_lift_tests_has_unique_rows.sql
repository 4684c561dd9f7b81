-- What: audit_lift_tests has one row per test, channel and conversion type.
-- Why: a test that appears twice counts twice.
-- Resolve: find the join in the models int_lift_test_* that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'audit_lift_tests'),
    ['test_id', 'channel', 'conversion_type']
) }}
