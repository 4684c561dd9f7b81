-- What: rpt_lookback_sensitivity has one row per conversion group, lookback days and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_lookback_sensitivity that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_lookback_sensitivity'),
    ['conversion_group', 'lookback_days', 'channel']
) }}
