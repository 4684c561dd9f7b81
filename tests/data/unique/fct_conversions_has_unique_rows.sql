-- What: fct_conversions has one row per conversion key.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_conversions that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_conversions'),
    ['conversion_key'],
    may_have_changed()
) }}
