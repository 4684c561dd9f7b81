{# The name of a column in quotes, for names that are words of SQL too, so that queries find it under
   the name without quotes. Example: quoted_name('order') -> "order" #}
{% macro quoted_name(name) -%}
    {{ return(adapter.dispatch('quoted_name', 'assisted_conversions')(name)) }}
{%- endmacro %}
{% macro default__quoted_name(name) -%} {{ return(adapter.quote(name)) }} {%- endmacro %}
