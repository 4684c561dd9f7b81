-- What: rpt_assist_trends has one row per conversion group, week start date and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_assist_trends that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_assist_trends'),
    ['conversion_group', 'week_start_date', 'channel']
) }}
