-- What: fct_channel_performance_daily has one row per conversion date, conversion type and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_channel_performance_daily that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_channel_performance_daily'),
    ['conversion_date', 'conversion_type', 'channel']
) }}
