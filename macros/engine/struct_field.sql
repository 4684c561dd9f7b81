{#
    A field of a struct.
    Example: struct_field('ignored.ignored_value', 'column_name')
#}
{% macro struct_field(expression, field) -%}
    {{ return(adapter.dispatch('struct_field', 'assisted_conversions')(expression, field)) }}
{%- endmacro %}

{% macro duckdb__struct_field(expression, field) -%}
    struct_extract({{ expression }}, '{{ field }}')
{%- endmacro %}

{% macro default__struct_field(expression, field) -%}
    {{ expression }}.{{ field }}
{%- endmacro %}
