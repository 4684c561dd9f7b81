{#
Purpose: true where a regular expression matches anywhere in the value; null where either is null.
Arguments: value, pattern - SQL expressions. `(?i)` at the pattern's start ignores case.
Example: {{ regexp_contains('user_agent', "'(?i)' || pattern") }}
#}
{% macro regexp_contains(value, pattern) -%}
    {{ return(adapter.dispatch('regexp_contains', 'assisted_conversions')(value, pattern)) }}
{%- endmacro %}

{% macro duckdb__regexp_contains(value, pattern) -%}
    regexp_matches({{ value }}, {{ pattern }})
{%- endmacro %}

{% macro default__regexp_contains(value, pattern) -%}
    ({{ value }} rlike {{ pattern }})
{%- endmacro %}
