-- Grain: one row per row of the raw table sessions.
-- A view: base_sessions_parsed reads it once, a part at a time. Where the raw table is a folder of
-- files it is empty: base_sessions_parsed reads the files itself.
{{ read_raw_rows(
    raw_rows('sessions'),
    'sessions',
    rule('junk_ids'),
    'reject_reason is not null'
) }}
