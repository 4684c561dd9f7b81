-- What: rpt_channel_roles has one row per conversion group and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_roles that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_roles'),
    ['conversion_group', 'channel']
) }}
