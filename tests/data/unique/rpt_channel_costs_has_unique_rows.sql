-- What: rpt_channel_costs has one row per conversion group, period, channel and attribution model.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_costs that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_costs'),
    ['conversion_group', 'period', 'channel', 'attribution_model']
) }}
