-- What: rpt_path_clusters has one row per conversion group and cluster name.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_path_clusters that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_path_clusters'),
    ['conversion_group', 'cluster_name']
) }}
