-- What: fct_attribution_credits has one row per conversion key, touchpoint id and attribution
--   model.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_attribution_credits that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_attribution_credits'),
    ['conversion_key', 'touchpoint_id', 'attribution_model']
) }}
