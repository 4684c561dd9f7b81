-- What: rpt_funnel_stages has one row per conversion group, funnel stage and journey phase.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_funnel_stages that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_funnel_stages'),
    ['conversion_group', 'funnel_stage', 'journey_phase']
) }}
