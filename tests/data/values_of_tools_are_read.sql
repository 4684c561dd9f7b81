-- What: numbers, times and truth values in the tables of tools are read.
-- Why: a value that cannot be read counts as null: an order loses its value, a day its cost.
-- Resolve: see the values in audit_unread_source_values. Load the column as the tool writes it,
--     with a point before decimals and times as 2026-05-01 12:00:00, or name another column by
--     the setting `columns` of the adapter.
{{ config(enabled=setting('adapters') | length > 0, severity='warn') }}
select
    adapter,
    table_name,
    column_name,
    value,
    row_count
from {{ ref('assisted_conversions', 'audit_unread_source_values') }}
