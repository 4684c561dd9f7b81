-- What: rpt_content_assists has one row per conversion group, level and value.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_content_assists that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_content_assists'),
    ['conversion_group', 'level', 'value']
) }}
