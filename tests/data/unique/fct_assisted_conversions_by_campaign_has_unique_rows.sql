-- What: fct_assisted_conversions_by_campaign has one row per conversion key, channel, source,
--   medium and campaign.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_assisted_conversions_by_campaign that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_assisted_conversions_by_campaign'),
    ['conversion_key', 'channel', 'source', 'medium', 'campaign'],
    may_have_changed()
) }}
