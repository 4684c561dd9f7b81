-- What: rpt_channel_assists has one row per conversion group and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_assists that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_assists'),
    ['conversion_group', 'channel']
) }}
