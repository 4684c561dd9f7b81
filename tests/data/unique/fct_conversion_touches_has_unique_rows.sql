-- What: fct_conversion_touches has one row per conversion key and touchpoint id.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_conversion_touches that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_conversion_touches'),
    ['conversion_key', 'touchpoint_id'],
    may_have_changed()
) }}
