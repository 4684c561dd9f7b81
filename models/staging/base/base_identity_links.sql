-- Grain: one row per row of the raw table identity_links.
-- A table, because it is read several times.
{{ config(materialized='table') }}
{{ read_raw_rows(
    raw_relation('identity_links'),
    'identity_links',
    rule('junk_ids'),
    'reject_reason is not null',
    ref('assisted_conversions', 'stg_erasure_requests')
) }}
