-- What: rpt_channel_removal has one row per conversion group, scenario kind, scenario and cut
--   share.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_channel_removal that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_channel_removal'),
    ['conversion_group', 'scenario_kind', 'scenario', 'cut_share']
) }}
