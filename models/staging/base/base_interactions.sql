-- Grain: one row per row of the raw table interactions.
-- A table: it is read many times, and reading raw values is the dearest step of staging.
{{ config(materialized='table', meta={'keeps_changes': true}) }}
{{ rebuilt_by('loaded_on', changed_days(
    'interactions', ['visitor_key', 'user_key', 'email_key'], ref('stg_erasure_requests')
)) }}
{{ read_raw_rows(
    raw_relation('interactions'),
    'interactions',
    ref('junk_ids'),
    ref('stg_erasure_requests'),
    'reject_reason is not null'
) }}
