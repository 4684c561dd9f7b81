-- What: fct_ad_spend_daily has one row per spend date, channel, source, medium, campaign and
--   content.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_ad_spend_daily that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_ad_spend_daily'),
    ['spend_date', 'channel', 'source', 'medium', 'campaign', 'content']
) }}
