-- What: the macro raw_table_names lists the raw tables that _raw__sources.yml declares.
-- Why: the audits read the tables in the list; a table that is not in it would have no audit.
-- Resolve: add the table to the list, or to the declaration.
with

declared_tables as (
    {% for table in (raw_tables() if execute else ['']) -%}
    select '{{ table }}' as table_name
    {{- '\n    union all' if not loop.last }}
    {% endfor %}
),

listed_tables as (
    {% for table in raw_table_names() -%}
    select '{{ table }}' as table_name
    {{- '\n    union all' if not loop.last }}
    {% endfor %}
)

select
    declared_tables.table_name as declared_table,
    listed_tables.table_name as listed_table
from declared_tables
full join listed_tables
    on declared_tables.table_name = listed_tables.table_name
where
    declared_tables.table_name is null
    or listed_tables.table_name is null
