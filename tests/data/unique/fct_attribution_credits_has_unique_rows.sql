-- What: fct_attribution_credits has one row per conversion key, touchpoint id and attribution
--   model.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_attribution_credits that repeats rows.
-- All rule models are columns of the same rows, and so are all data-driven models. So one model of
-- each kind is enough.
{%- set models = rule_models()[:1] + data_driven_touch_models()[:1] %}
{{ repeated_keys(
    ref('assisted_conversions', 'fct_attribution_credits'),
    ['conversion_key', 'touchpoint_id', 'attribution_model'],
    'attribution_model in (' ~ quoted_list(models) ~ ') and conversion_key in (select conversion_key from '
    ~ ref('assisted_conversions', 'fct_conversions') ~ ' where ' ~ may_have_changed() ~ ')'
) }}
