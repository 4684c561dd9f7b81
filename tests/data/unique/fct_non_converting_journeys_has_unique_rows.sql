-- What: fct_non_converting_journeys has one row per conversion group, person id and started at.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_non_converting_journeys that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_non_converting_journeys'),
    ['conversion_group', 'person_id', 'started_at']
) }}
