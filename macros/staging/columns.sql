{# Columns of one alias. Example: prefixed('a', ['x', 'y']) -> a.x, a.y #}
{% macro prefixed(alias, columns) -%}
    {%- for column in columns -%}
        {{ alias }}.{{ column }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}


{# Equality of columns of two aliases. Example: equal_columns('a', 'b', ['x']) -> a.x = b.x #}
{% macro equal_columns(left, right, columns) -%}
    {%- for column in columns -%}
        {{ left }}.{{ column }} = {{ right }}.{{ column }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}
