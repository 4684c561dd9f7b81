{# A checksum of all rows of a group, whatever their order, as an aggregate. Arguments: columns,
   list of expressions. Example: rows_checksum(['session_id', 'started_at']) #}
{% macro rows_checksum(columns) -%}
    {{ return(adapter.dispatch('rows_checksum', 'assisted_conversions')(columns)) }}
{%- endmacro %}
{% macro duckdb__rows_checksum(columns) -%} sum(hash({{ columns | join(', ') }})) {%- endmacro %}
{% macro default__rows_checksum(columns) -%}
    sum(cast(xxhash64({{ columns | join(', ') }}) as decimal(38, 0)))
{%- endmacro %}

{# The engine's version, an expression. #}
{% macro engine_version() -%}
    {{ return(adapter.dispatch('engine_version', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__engine_version() -%} version() {%- endmacro %}
