-- What: rpt_model_comparison has one row per conversion group, attribution model and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_model_comparison that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_model_comparison'),
    ['conversion_group', 'attribution_model', 'channel']
) }}
