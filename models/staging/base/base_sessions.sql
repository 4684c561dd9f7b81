-- Grain: one row per row of the raw table sessions.
-- A view: base_sessions_parsed reads it once, a part at a time. In a run that reads only the changed
-- files of a folder it is empty: base_sessions_parsed then reads the files itself.
{{ read_raw_rows(
    raw_rows('sessions'),
    'sessions',
    rule('junk_ids'),
    'reject_reason is not null'
) }}
