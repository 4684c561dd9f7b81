{# Stops with an error where an engine has no version of a macro: the default of each macro that
   is not standard SQL. Naming `varargs` lets that default take any arguments. Not while dbt parses:
   then it looks at models too that are switched off, as are those of adapters.
   Example: {% macro default__json_text() -%} {{ not_supported("json_text", varargs) }} ... #}
{% macro not_supported(name, arguments) -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {{ exceptions.raise_compiler_error(
        '`' ~ name ~ '` is not supported on ' ~ target.type ~ '; write a macro `' ~ target.type
        ~ '__' ~ name ~ '`, as macros/engine of the package assisted_conversions has for DuckDB'
    ) }}
{%- endmacro %}
