-- Grain: one row per row of the raw table crm_stages.
-- A table: it is read many times, and reading raw values is the dearest step of staging.
{{ config(materialized='table', meta={'keeps_changes': true}) }}
{{ rebuilt_by('loaded_on', changed_days('crm_stages', [], none)) }}
{{ read_raw_rows(
    raw_relation('crm_stages'),
    'crm_stages',
    ref('junk_ids'),
    none,
    'reject_reason is not null'
) }}
