-- Grain: one row per row of the raw table crm_stages.
{{ read_raw_rows(
    source('raw', 'crm_stages'),
    'crm_stages',
    ref('junk_ids'),
    none,
    'reject_reason is not null'
) }}
