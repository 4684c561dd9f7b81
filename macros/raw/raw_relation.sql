{# The relation of a raw table, wherever it comes from. It is what ref() or source() returns, so
   `--empty` and `--sample` limit it. Arguments: table, its name in _raw__sources.yml. #}
{% macro raw_relation(table) -%}
    {%- set place = raw_place(table) -%}
    {%- if place == 'model' -%}
        {{ return(ref(project_name, setting('raw_models')[table])) }}
    {%- elif place == 'adapters' -%}
        {{ return(ref('assisted_conversions', 'source_' ~ table)) }}
    {%- elif place == 'tables' -%}
        {{ return(source('assisted_conversions_raw', table)) }}
    {%- endif -%}
    {{ return(source('assisted_conversions_raw_files', table)) }}
{%- endmacro %}

{# Where a raw table comes from: `model` (setting `raw_models`), else `adapters` (settings `adapters` and
   `source_models`), else `files` or `tables` (setting `raw_location`; by default files on DuckDB and
   tables elsewhere).
   Example: raw_place('sessions') -> files #}
{% macro raw_place(table) -%}
    {%- set location = setting('raw_location') -%}
    {%- if location is not mapping -%}
        {%- set location = {'default': location} -%}
    {%- endif -%}
    {%- if table in setting('raw_models') -%}
        {{ return('model') }}
    {%- elif is_united(table) -%}
        {{ return('adapters') }}
    {%- endif -%}
    {{ return(
        location.get(table) or location.get('default')
        or ('files' if target.type == 'duckdb' else 'tables')
    ) }}
{%- endmacro %}
