{#
    One whole number of 64 bits for several columns: a key that is cheaper than texts to group,
    join and sort by. Two of ten million keys agree by chance once in 100,000 runs.
    Arguments: columns, list of expressions.
    Example: row_hash(['person_id', 'journey_number'])
#}
{% macro row_hash(columns) -%}
    {{ return(adapter.dispatch('row_hash', 'assisted_conversions')(columns)) }}
{%- endmacro %}

{% macro duckdb__row_hash(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{% macro default__row_hash(columns) -%}
    xxhash64({{ columns | join(', ') }})
{%- endmacro %}
