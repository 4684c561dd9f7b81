{#
    Notes the newest row of each raw table that has times, for `dbt source freshness`.
    Example: note_freshness()
#}
{% macro note_freshness() -%}
    {%- set queries = [] -%}
    {%- for table in raw_tables() -%}
        {%- set declaration = raw_declaration(table) -%}
        {%- set times = loading_times(declaration, found_columns(declaration)) -%}
        {%- if times -%}
            {%- do queries.append(
                "select '" ~ table ~ "' as table_name, max(" ~ times[0]
                ~ ') as latest_loaded_at from ' ~ declaration.relation
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do run_query(
        'create schema if not exists ' ~ run_log('raw_freshness').without_identifier()
        ~ '; create or replace table ' ~ run_log('raw_freshness') ~ ' as '
        ~ (queries | join(' union all '))
    ) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}
