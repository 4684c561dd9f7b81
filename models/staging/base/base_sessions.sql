-- Grain: one row per row of the raw table sessions; in a run that reads changed files only, of these.
-- A view: base_sessions_parsed reads it once, a part at a time.
{{ read_raw_rows(
    raw_rows('sessions'),
    'sessions',
    rule('junk_ids'),
    'reject_reason is not null'
) }}
