-- Grain: one row per row of the raw table identity_links.
{{ read_raw_rows(
    raw_relation('identity_links'),
    'identity_links',
    ref('junk_ids'),
    ref('stg_erasure_requests'),
    'reject_reason is not null'
) }}
