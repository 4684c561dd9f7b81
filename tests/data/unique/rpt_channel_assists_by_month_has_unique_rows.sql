-- What: rpt_channel_assists_by_month has one row per conversion group, month and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_assists_by_month that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_assists_by_month'),
    ['conversion_group', 'conversion_month', 'channel']
) }}
