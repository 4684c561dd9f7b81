-- What: rpt_findings has one row per conversion group and finding_rank.
-- Why: a page that shows the first findings would show one twice.
-- Resolve: find the part in models/intermediate/findings that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_findings'), ['conversion_group', 'finding_rank']
) }}
