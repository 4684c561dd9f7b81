{# Whether two values are the same, null being the same as null: true or false, never null.
   Example: is_same('touches.campaign', 'numbers.campaign') #}
{% macro is_same(one, other) -%}
    {{ return(adapter.dispatch('is_same', 'assisted_conversions')(one, other)) }}
{%- endmacro %}
{% macro default__is_same(one, other) -%} {{ one }} is not distinct from {{ other }} {%- endmacro %}
