-- What: rpt_channel_pairs has one row per conversion group, assisting channel and closing channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_pairs that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_pairs'),
    ['conversion_group', 'assisting_channel', 'closing_channel']
) }}
