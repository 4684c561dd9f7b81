{# Stops with an error where an engine has no version of a macro: the default of each macro that
   is not standard SQL. Naming `varargs` lets that default take any arguments.
   Example: {% macro default__json_text() -%} {{ not_supported("json_text", varargs) }} ... #}
{% macro not_supported(name, arguments) -%}
    {{ exceptions.raise_compiler_error(
        '`' ~ name ~ '` is not supported on ' ~ target.type ~ '; write a macro `' ~ target.type
        ~ '__' ~ name ~ '`, as macros/engine of the package assisted_conversions has for DuckDB'
    ) }}
{%- endmacro %}
