{# (to be replaced) #}
{% macro raw_relation(table) -%}
    {{ return(source('raw', table)) }}
{%- endmacro %}
