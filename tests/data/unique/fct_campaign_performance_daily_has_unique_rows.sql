-- What: fct_campaign_performance_daily has one row per conversion date, conversion type, channel,
--   source, medium and campaign.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in fct_campaign_performance_daily that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'fct_campaign_performance_daily'),
    ['conversion_date', 'conversion_type', 'channel', 'source', 'medium', 'campaign']
) }}
