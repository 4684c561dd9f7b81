{#
Purpose: the value with every match of a regular expression replaced.
Arguments: value, pattern, replacement - SQL expressions; the engine's own mark for a group.
Example: {{ regexp_replace_all('raw_record', "'[^ ]+@[^ ]+'", "'(e-mail)'") }}
#}
{% macro regexp_replace_all(value, pattern, replacement) -%}
    {{ return(adapter.dispatch('regexp_replace_all', 'assisted_conversions')(value, pattern, replacement)) }}
{%- endmacro %}

{% macro duckdb__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }}, 'g')
{%- endmacro %}

{% macro default__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }})
{%- endmacro %}
