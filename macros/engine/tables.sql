{# Tables that macros make. #}

{# What follows the columns in `create table`, where an engine has tables of several forms: that of
   this project's models. Argument: partition, the column by which rows are replaced where a table
   takes no deletes.
   Example: create table runs (run_number bigint) {{ table_form('run_number') }} #}
{% macro table_form(partition=none) -%}
    {{ return(adapter.dispatch('table_form', 'assisted_conversions')(partition)) }}
{%- endmacro %}
{% macro default__table_form(partition) -%} {{ return('') }} {%- endmacro %}

{# Makes a table of the rows of a query, in place of the one that was there. #}
{% macro replace_table(table, query) -%}
    {%- do run_query('drop table if exists ' ~ table) -%}
    {%- do run_query('create table ' ~ table ~ ' ' ~ table_form() ~ ' as ' ~ query) -%}
{%- endmacro %}

{# Makes lasting what macros have changed. #}
{% macro commit_changes() -%}
    {{ return(adapter.dispatch('commit_changes', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__commit_changes() -%} {%- do adapter.commit() -%} {%- endmacro %}

{# Notes in the log how this run ended. Arguments: runs, the log; figures, literals by column. #}
{% macro close_run(runs, figures) -%}
    {{ return(adapter.dispatch('close_run', 'assisted_conversions')(runs, figures)) }}
{%- endmacro %}
{% macro default__close_run(runs, figures) -%}
    {%- set changes = [] -%}
    {%- for column, literal in figures.items() -%}
        {%- do changes.append(column ~ ' = ' ~ literal) -%}
    {%- endfor -%}
    {%- do run_query(
        'update ' ~ runs ~ ' set ' ~ changes | join(', ')
        ~ " where invocation_id = '" ~ invocation_id ~ "'"
    ) -%}
{%- endmacro %}
