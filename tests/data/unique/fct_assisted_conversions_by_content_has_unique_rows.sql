-- What: fct_assisted_conversions_by_content has one row per conversion key, level and value.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_assisted_conversions_by_content that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_assisted_conversions_by_content'),
    ['conversion_key', 'level', 'value'],
    may_have_changed()
) }}
