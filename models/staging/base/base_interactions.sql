-- Grain: one row per row of the raw table interactions.
-- A table: it is read several times, and reading raw values is the most expensive step of staging.
{{ config(materialized='table') }}
{{ read_raw_rows(
    raw_relation('interactions'),
    'interactions',
    rule('junk_ids'),
    'reject_reason is not null',
    ref('assisted_conversions', 'stg_erasure_requests')
) }}
