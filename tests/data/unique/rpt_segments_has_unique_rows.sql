-- What: rpt_segments has one row per conversion group, segment, segment value and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_segments that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_segments'),
    ['conversion_group', 'segment', 'segment_value', 'channel']
) }}
