-- What: audit_unread_source_values has one row per adapter, table, column and value.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find what repeats rows in audit_unread_source_values.
{{ config(enabled=setting('adapters') | length > 0) }}
{{ repeated_keys(
    ref('assisted_conversions', 'audit_unread_source_values'),
    ['adapter', 'table_name', 'column_name', 'value']
) }}
