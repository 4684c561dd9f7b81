-- Grain: one row per row of the raw table conversions.
{{ read_raw_rows(
    raw_relation('conversions'),
    'conversions',
    rule('junk_ids'),
    none,
    ref('assisted_conversions', 'stg_erasure_requests')
) }}
