-- What: fct_touchpoints has one row per touchpoint id.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_touchpoints that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_touchpoints'),
    ['touchpoint_id'],
    may_have_changed()
) }}
