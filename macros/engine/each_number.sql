{#
    The list that holds an expression of each number of a list.
    Arguments: list, expression; in it `number` is the number.
    Example: each_number('path', 'number % 32768')
#}
{% macro each_number(list, expression) -%}
    {{ return(adapter.dispatch('each_number', 'assisted_conversions')(list, expression)) }}
{%- endmacro %}

{% macro duckdb__each_number(list, expression) -%}
    list_transform({{ list }}, lambda number: {{ expression }})
{%- endmacro %}

{% macro default__each_number(list, expression) -%}
    transform({{ list }}, number -> {{ expression }})
{%- endmacro %}
