{# What ends a CTE whose columns are expensive and used several times by the next one. Postgres would
   put their expressions wherever they are used, again and again in each step.
   Example: select *, {{ expensive }} as text from rows {{ end_of_step() }} #}
{% macro end_of_step() -%}
    {{ return(adapter.dispatch('end_of_step', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__end_of_step() -%} {{ return('') }} {%- endmacro %}
