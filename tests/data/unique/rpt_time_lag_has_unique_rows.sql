-- What: rpt_time_lag has one row per conversion group and bucket.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_time_lag that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'rpt_time_lag'), ['conversion_group', 'bucket']) }}
