-- What: for every raw table, rows read = rows staged + rejected + removed as duplicates + erased.
-- Why: no row vanishes; whoever misses one finds it in an audit.
-- Resolve: compare the base model of the table with its staging model: a join there drops or
--     repeats rows, or a rejected row is staged.
with

row_counts as (
    select * from {{ ref('assisted_conversions', 'audit_row_counts') }}
),

raw_tables as (
    {% for table in raw_table_names() -%}
    select '{{ table }}' as table_name
    {{- '\n    union all' if not loop.last }}
    {% endfor %}
)

select
    raw_tables.table_name,
    row_counts.rows_read,
    row_counts.rows_staged,
    row_counts.rows_rejected,
    row_counts.rows_removed_as_duplicates,
    row_counts.rows_erased
from raw_tables
left join row_counts
    on raw_tables.table_name = row_counts.table_name
where
    coalesce(
        row_counts.rows_read
        != row_counts.rows_staged
        + row_counts.rows_rejected
        + row_counts.rows_removed_as_duplicates
        + row_counts.rows_erased,
        true
    )
{# With --empty no table has rows. #}
{{ 'limit 0' if flags.EMPTY }}
