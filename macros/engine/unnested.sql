{#
    One row per element of an array, as a column of a select list.
    Example: unnested('ignored_values')
#}
{% macro unnested(expression) -%}
    {{ return(adapter.dispatch('unnested', 'assisted_conversions')(expression)) }}
{%- endmacro %}

{% macro duckdb__unnested(expression) -%}
    unnest({{ expression }})
{%- endmacro %}

{% macro default__unnested(expression) -%}
    explode({{ expression }})
{%- endmacro %}
