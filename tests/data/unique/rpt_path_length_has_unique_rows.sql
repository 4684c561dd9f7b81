-- What: rpt_path_length has one row per conversion group and bucket.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_path_length that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'rpt_path_length'), ['conversion_group', 'bucket']) }}
