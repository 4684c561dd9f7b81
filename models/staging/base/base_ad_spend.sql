-- Grain: one row per row of the raw table ad_spend.
{{ read_raw_rows(raw_relation('ad_spend'), 'ad_spend', rule('junk_ids'), none) }}
