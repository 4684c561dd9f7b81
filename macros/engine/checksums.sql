{#
    A checksum of all rows of a group, whatever their order, as an aggregate.
    Arguments: columns, list of expressions.
    Example: rows_checksum(['session_id', 'started_at'])
#}
{% macro rows_checksum(columns) -%}
    {{ return(adapter.dispatch('rows_checksum', 'assisted_conversions')(columns)) }}
{%- endmacro %}

{% macro duckdb__rows_checksum(columns) -%}
    sum(hash({{ columns | join(', ') }}))
{%- endmacro %}

{% macro default__rows_checksum(columns) -%}
    sum(cast(xxhash64({{ columns | join(', ') }}) as decimal(38, 0)))
{%- endmacro %}


{#
    The engine's version: an expression. Example: engine_version()
#}
{% macro engine_version() -%}
    version()
{%- endmacro %}


{#
    A number for a whole row. Two of ten million rows agree by chance once in 100,000 runs.
    Arguments: rows, the alias of a relation.
    Example: whole_row_hash('new_rows')
#}
{% macro whole_row_hash(rows) -%}
    {{ return(adapter.dispatch('whole_row_hash', 'assisted_conversions')(rows)) }}
{%- endmacro %}

{% macro duckdb__whole_row_hash(rows) -%}
    hash({{ rows }})
{%- endmacro %}

{% macro default__whole_row_hash(rows) -%}
    xxhash64({{ rows }}.*)
{%- endmacro %}
