-- What: rpt_calibrated_assists has one row per conversion group, attribution model and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_calibrated_assists that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_calibrated_assists'),
    ['conversion_group', 'attribution_model', 'channel']
) }}
