-- Grain: one row per row of the raw table ad_clicks.
-- A table: it is read several times, and reading raw values is the most expensive step of staging.
{{ config(materialized='table') }}
{{ read_raw_rows(
    raw_relation('ad_clicks'),
    'ad_clicks',
    rule('junk_ids'),
    'reject_reason is not null'
) }}
