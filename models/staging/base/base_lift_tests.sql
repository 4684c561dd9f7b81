-- Grain: one row per row of the raw table lift_tests.
{{ read_raw_rows(
    raw_relation('lift_tests'),
    'lift_tests',
    ref('junk_ids'),
    none,
    'reject_reason is not null'
) }}
