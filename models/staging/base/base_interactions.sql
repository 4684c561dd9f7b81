-- Grain: one row per row of the raw table interactions.
{{ read_raw_rows(
    source('raw', 'interactions'), 'interactions', ref('junk_ids'), ref('stg_erasure_requests')
) }}
