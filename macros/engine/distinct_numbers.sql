{#
    The distinct numbers of a list, in ascending order: equal sets are equal lists.
    Example: distinct_numbers('path') -> [1, 3] of [3, 1, 3]
#}
{% macro distinct_numbers(list) -%}
    {{ return(adapter.dispatch('distinct_numbers', 'assisted_conversions')(list)) }}
{%- endmacro %}

{% macro duckdb__distinct_numbers(list) -%}
    list_sort(list_distinct({{ list }}))
{%- endmacro %}

{% macro default__distinct_numbers(list) -%}
    array_sort(array_distinct({{ list }}))
{%- endmacro %}
