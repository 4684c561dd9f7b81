-- Grain: one row per row of the raw table interactions.
-- A table: it is read many times, and reading raw values is the dearest step of staging.
{{ config(materialized='table') }}
{{ read_raw_rows(
    source('raw', 'interactions'),
    'interactions',
    ref('junk_ids'),
    ref('stg_erasure_requests'),
    'reject_reason is not null'
) }}
