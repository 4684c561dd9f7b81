{# Columns of one alias. Example: prefixed('a', ['x', 'y']) -> a.x, a.y #}
{% macro prefixed(alias, columns) -%}
    {%- for column in columns -%}
        {{ alias }}.{{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
