{# Columns of tools that hold JSON: they are read as text, and single fields are taken from it. #}

{# A column of JSON as its text, whatever the engine keeps it as. Arguments: expression; raw_type, the
   column's type. Example: json_source('properties', 'VARIANT') #}
{% macro json_source(expression, raw_type) -%}
    {#- A struct names the types of its fields too. #}
    {%- if is_text_type((raw_type | upper).split('(')[0].split('<')[0]) -%}{{ return(expression) }}{%- endif -%}
    {{ return(adapter.dispatch('json_source', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{% macro duckdb__json_source(expression) -%} cast(to_json({{ expression }}) as varchar) {%- endmacro %}
{% macro default__json_source() -%} {{ not_supported('json_source', varargs) }} {%- endmacro %}

{# A field in a text of JSON, as text; null where there is none, or the text is no JSON. Arguments: text;
   path, the names of the fields that lead to it. Example: json_field('properties', ['$set', 'email']) #}
{% macro json_field(text, path) -%}
    {{ return(adapter.dispatch('json_field', 'assisted_conversions')(text, path)) }}
{%- endmacro %}
{% macro duckdb__json_field(text, path) -%}
    try(json_extract_string({{ text }}, {{ text_literal('$."' ~ (path | join('"."')) ~ '"') }}))
{%- endmacro %}
{% macro default__json_field() -%} {{ not_supported('json_field', varargs) }} {%- endmacro %}
