-- Grain: one row per row of the raw table erasure_requests.
{{ read_raw_rows(
    raw_relation('erasure_requests'),
    'erasure_requests',
    ref('junk_ids'),
    none,
    'reject_reason is not null'
) }}
