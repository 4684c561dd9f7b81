{# Tables that macros make. #}

{# What follows the columns in `create table`, where an engine has tables of several forms: that of
   this project's models. Example: create table runs (run_number bigint) {{ table_form() }} #}
{% macro table_form() -%}
    {{ return(adapter.dispatch('table_form', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__table_form() -%} {{ return('') }} {%- endmacro %}

{# Makes lasting what macros have changed. #}
{% macro commit_changes() -%}
    {{ return(adapter.dispatch('commit_changes', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__commit_changes() -%} {%- do adapter.commit() -%} {%- endmacro %}
