-- What: fct_assisted_conversions has one row per conversion key and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_assisted_conversions that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_assisted_conversions'),
    ['conversion_key', 'channel'],
    may_have_changed()
) }}
