{#
    An aggregate that tells sets of rows apart by a number, whatever the order of the rows: with
    the position among the columns, equal sequences. Far cheaper than building a text or a list.
    Arguments: columns, list of expressions.
    Example: path_hash(['channel', 'touch_position'])
#}
{% macro path_hash(columns) -%}
    {{ return(adapter.dispatch('path_hash', 'assisted_conversions')(columns)) }}
{%- endmacro %}

{% macro duckdb__path_hash(columns) -%}
    sum(cast(hash({{ columns | join(', ') }}) >> 1 as bigint))
{%- endmacro %}

{# A sum of bigints must not overflow: 52 bits leave room for 2,000 touches. #}
{% macro default__path_hash(columns) -%}
    sum(shiftrightunsigned(xxhash64({{ columns | join(', ') }}), 12))
{%- endmacro %}
