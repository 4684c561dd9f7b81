-- Grain: one row per row of the raw table lift_tests.
{{ read_raw_rows(
    raw_relation('lift_tests'),
    'lift_tests',
    rule('junk_ids'),
    'reject_reason is not null'
) }}
