-- What: rpt_channel_differences has one row per conversion group, attribution model, channel and
--   other channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_differences that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_differences'),
    ['conversion_group', 'attribution_model', 'channel', 'other_channel']
) }}
