-- Grain: one row per row of the raw table sessions.
{{ read_raw_rows(
    source('raw', 'sessions'), 'sessions', ref('junk_ids'), ref('stg_erasure_requests')
) }}
