-- What: fct_data_driven_credits has one row per conversion group, level, attribution model, channel
--   and campaign.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_data_driven_credits that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_data_driven_credits'),
    ['conversion_group', 'level', 'attribution_model', 'channel', 'campaign']
) }}
