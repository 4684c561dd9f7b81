-- Grain: one row per row of the raw table exchange_rates.
{{ read_raw_rows(
    raw_relation('exchange_rates'),
    'exchange_rates',
    ref('junk_ids'),
    none,
    'reject_reason is not null'
) }}
