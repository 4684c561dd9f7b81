{# Makes the functions that this project's SQL calls and an engine lacks, at the start of a run; most
   engines lack none. #}
{% macro make_functions() -%}
    {{ return(adapter.dispatch('make_functions', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__make_functions() -%} {%- endmacro %}
