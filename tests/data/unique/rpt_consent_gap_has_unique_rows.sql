-- What: rpt_consent_gap has one row per conversion group and channel.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_consent_gap that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_consent_gap'), ['conversion_group', 'channel']
) }}
