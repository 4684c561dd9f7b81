{# The difference between two versions of a table, and where it is kept. #}

{#
    Compares two relations of the same columns into the temporary table changed_rows: rows that
    stand more often in one of them, with is_added. Returns a mapping of the numbers removed and
    added.
    Arguments: old, new: relations or queries in parentheses.
    Example: compare_rows('marts.old', 'marts.new').added
#}
{% macro compare_rows(old, new) -%}
    {%- do run_query(
        'create or replace temporary table changed_hashes as '
        ~ 'select row_hash, sum(times) > 0 as is_added from ('
        ~ 'select ' ~ whole_row_hash('old_rows') ~ ' as row_hash, -1 as times from ' ~ old
        ~ ' as old_rows union all '
        ~ 'select ' ~ whole_row_hash('new_rows') ~ ' as row_hash, 1 as times from ' ~ new
        ~ ' as new_rows) as hashes group by row_hash having sum(times) != 0'
    ) -%}
    {%- set rows_of = [] -%}
    {%- for rows, is_added in [(old, false), (new, true)] -%}
        {%- do rows_of.append(
            'select compared.*, ' ~ is_added ~ ' as is_added from ' ~ rows
            ~ ' as compared where ' ~ whole_row_hash('compared')
            ~ ' in (select row_hash from changed_hashes where is_added = ' ~ is_added ~ ')'
        ) -%}
    {%- endfor -%}
    {%- do run_query(
        'create or replace temporary table changed_rows as ' ~ (rows_of | join(' union all '))
    ) -%}
    {%- set counts = run_query(
        'select count(case when not is_added then 1 end), count(case when is_added then 1 end) '
        ~ 'from changed_rows'
    ).rows[0].values() -%}
    {{ return({'removed': counts[0] | int, 'added': counts[1] | int}) }}
{%- endmacro %}


{# Keeps changed_rows as the changes of a relation. Example: keep_changes(this) #}
{% macro keep_changes(relation) -%}
    {%- do run_query(
        'create or replace table ' ~ changes_relation(relation) ~ ' as select * from changed_rows'
    ) -%}
{%- endmacro %}


{# Keeps an empty table as the changes of a relation. Example: keep_no_changes(this) #}
{% macro keep_no_changes(relation) -%}
    {%- do run_query(
        'create or replace table ' ~ changes_relation(relation)
        ~ ' as select *, true as is_added from ' ~ relation ~ ' where false'
    ) -%}
{%- endmacro %}


{#
    Whether changed_rows holds two different rows of one lookup key; false without a key.
    Example: changed_lookups(['utm_source', 'utm_medium'])
#}
{% macro changed_lookups(lookup_key) -%}
    {%- if not lookup_key -%}
        {{ return(false) }}
    {%- endif -%}
    {{ return(run_query(
        'select count(*) from (select 1 from changed_rows group by ' ~ (lookup_key | join(', '))
        ~ ' having count(*) > 1) as changed'
    ).columns[0].values()[0] > 0) }}
{%- endmacro %}


{#
    Whether two relations have the same columns, types and order of columns.
    Example: same_columns(existing, new_relation)
#}
{% macro same_columns(one, other) -%}
    {%- set columns = [] -%}
    {%- for relation in [one, other] -%}
        {%- set names = [] -%}
        {%- for column in adapter.get_columns_in_relation(relation) -%}
            {%- do names.append(column.name ~ ' ' ~ column.dtype) -%}
        {%- endfor -%}
        {%- do columns.append(names) -%}
    {%- endfor -%}
    {{ return(columns[0] == columns[1]) }}
{%- endmacro %}


{#
    Whether the changed keys that a model reads are news to it: those of a table that did not
    change since are old ones. Queries of more than a plain relation always are.
    Arguments: query, of `rebuild_key`; plan, of `rebuild_plan`.
    Example: reads_changed_keys('select person_id from "db"."s"."int_changed_persons"', plan)
#}
{% macro reads_changed_keys(query, plan) -%}
    {%- set plain = modules.re.fullmatch('select \w+ from (\S+)', query) -%}
    {{ return(
        not plain or plain.group(1).split('.')[-1].strip('"`') in plan.changed_parents
    ) }}
{%- endmacro %}
