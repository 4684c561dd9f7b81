-- Grain: one row per row of the raw table platform_claims.
{{ read_raw_rows(
    raw_relation('platform_claims'),
    'platform_claims',
    ref('junk_ids'),
    none,
    'reject_reason is not null'
) }}
