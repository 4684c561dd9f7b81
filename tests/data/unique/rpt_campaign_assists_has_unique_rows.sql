-- What: rpt_campaign_assists has one row per conversion group, channel, source, medium and
--   campaign.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_campaign_assists that repeats rows.
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_campaign_assists'),
    ['conversion_group', 'channel', 'source', 'medium', 'campaign']
) }}
