{# Appends to `problems` every table and column that an adapter needs and does not find, and tables of
   `source_models` that are none. On DuckDB it first makes views of the tools' tables that are files.
   Returns those of CSV, as of `raw_files`. #}
{% macro check_sources(problems) -%}
    {%- for table in setting('source_models') if table not in raw_tables() -%}
        {%- do problems.append(
            'var `source_models` names `' ~ table ~ '`, but there is no such raw table; allowed are: '
            ~ (raw_tables() | join(', '))
        ) -%}
    {%- endfor -%}
    {%- set nodes = tool_tables() -%}
    {%- set files = make_source_file_views(nodes, problems) if nodes else {} -%}
    {%- for node in nodes if node not in files.get('unread', []) -%}
        {%- do problems.extend(source_problems(node, source_columns(node))) -%}
    {%- endfor -%}
    {{ return(files.get('described', {})) }}
{%- endmacro %}

{# The tables of tools that the adapters which are on read; those of others are not in the graph. #}
{% macro tool_tables() -%}
    {%- set nodes = [] -%}
    {%- for node in graph.sources.values()
        if node.package_name == 'assisted_conversions' and adapter_of(node) in adapters() -%}
        {%- do nodes.append(node) -%}
    {%- endfor -%}
    {{ return(nodes) }}
{%- endmacro %}
