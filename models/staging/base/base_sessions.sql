-- Grain: one row per row of the raw table sessions.
-- A view: base_sessions_parsed reads it once, a day of loading at a time.
{{ read_raw_rows(
    raw_relation('sessions'),
    'sessions',
    rule('junk_ids'),
    'reject_reason is not null'
) }}
