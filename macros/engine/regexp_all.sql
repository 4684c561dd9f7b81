{#
Purpose: all matches of a group of a regular expression, as an array of texts.
Arguments: value, pattern - SQL expressions; group - number of the group.
Example: {{ regexp_all('query', "'(?:^|&)([^=&]+)=[^&]'", 1) }}
#}
{% macro regexp_all(value, pattern, group) -%}
    regexp_extract_all({{ value }}, {{ pattern }}, {{ group }})
{%- endmacro %}
