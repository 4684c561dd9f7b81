{#
Purpose: what a group of a regular expression holds at its first match; null where nothing matches.
Arguments: value, pattern - SQL expressions; group - number of the group, 0 is the whole match.
Example: {{ regexp_first('host', "'^www[.](.+)$'", 1) }}
#}
{% macro regexp_first(value, pattern, group=0) -%}
    {{ return(adapter.dispatch('regexp_first', 'assisted_conversions')(value, pattern, group)) }}
{%- endmacro %}

{% macro default__regexp_first(value, pattern, group) -%}
    nullif(regexp_extract({{ value }}, {{ pattern }}, {{ group }}), '')
{%- endmacro %}
