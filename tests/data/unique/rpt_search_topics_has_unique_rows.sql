-- What: rpt_search_topics has one row per conversion group and landing page.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in rpt_search_topics that repeats rows.
{{ config(enabled=adapter_is_on('search_console')) }}
{{ repeated_keys(
    ref('assisted_conversions', 'rpt_search_topics'),
    ['conversion_group', 'landing_page']
) }}
