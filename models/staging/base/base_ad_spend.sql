-- Grain: one row per row of the raw table ad_spend.
{{ read_raw_rows(
    raw_relation('ad_spend'),
    'ad_spend',
    ref('junk_ids'),
    none,
    none
) }}
