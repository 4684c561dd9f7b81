{# Notes the newest row of each raw table that has times, for `dbt source freshness`. #}
{% macro note_freshness() -%}
    {%- set queries = [] -%}
    {%- for table in raw_tables() -%}
        {%- set declaration = raw_declaration(table) -%}
        {%- set times = loading_times(declaration, found_columns(declaration)) -%}
        {%- if times -%}
            {%- do queries.append(
                "select '" ~ table ~ "' as table_name, max(coalesce(" ~ (times | join(', '))
                ~ ', null)) as latest_loaded_at from ' ~ declaration.relation
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set noted = own_relation('run_log', 'raw_freshness') -%}
    {%- do adapter.create_schema(noted) -%}
    {%- do replace_table(noted, queries | join(' union all ')) -%}
    {%- do commit_changes() -%}
{%- endmacro %}
