-- Grain: one row per row of the raw table conversions.
{{ read_raw_rows(
    raw_relation('conversions'),
    'conversions',
    ref('junk_ids'),
    ref('stg_erasure_requests'),
    none
) }}
