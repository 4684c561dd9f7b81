-- What: rpt_conversion_sources has one row per micro type and macro type.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_conversion_sources that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_conversion_sources'),
    ['micro_type', 'macro_type']
) }}
