{#
Purpose: true where the whole value matches a regular expression; null where either is null.
Arguments: value, pattern - SQL expressions. `(?i)` at the pattern's start ignores case. Write a
    literal dot as [.]: engines differ in how they read a backslash.
Example: {{ regexp_full_match('medium', "'ppc|paid.*'") }}
#}
{% macro regexp_full_match(value, pattern) -%}
    {{ return(adapter.dispatch('regexp_full_match', 'assisted_conversions')(value, pattern)) }}
{%- endmacro %}

{% macro duckdb__regexp_full_match(value, pattern) -%}
    regexp_full_match({{ value }}, {{ pattern }})
{%- endmacro %}

{% macro default__regexp_full_match(value, pattern) -%}
    ({{ value }} rlike concat('^(?:', {{ pattern }}, ')$'))
{%- endmacro %}
