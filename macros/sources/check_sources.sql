{# Appends to `problems` every table and column that an adapter needs and does not find, and tables of
   `source_models` that are none. On DuckDB it first makes views of the tools' tables that are files. #}
{% macro check_sources(problems) -%}
    {%- for table in setting('source_models') if table not in raw_tables() -%}
        {%- do problems.append(
            'var `source_models` names `' ~ table ~ '`, but there is no such raw table; allowed are: '
            ~ (raw_tables() | join(', '))
        ) -%}
    {%- endfor -%}
    {%- set nodes = [] -%}
    {%- for name in adapters() if adapter_is_on(name) -%}
        {%- for node in graph.sources.values()
            if node.unique_id.startswith('source.assisted_conversions.assisted_conversions_' ~ name ~ '.') -%}
            {%- do nodes.append(node) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if nodes -%}
        {%- do make_source_file_views(nodes, problems) -%}
        {%- for node in nodes -%}
            {%- do problems.extend(source_problems(node, source_columns(node))) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
