-- What: rpt_top_paths has one row per conversion group and path collapsed.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_top_paths that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_top_paths'),
    ['conversion_group', 'path_collapsed']
) }}
