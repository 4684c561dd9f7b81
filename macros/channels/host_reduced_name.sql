{# The name that a host goes by, the label before its public suffix; null for what is no host.
   Arguments: host - SQL expression, a lower-case host.
   Example: {{ host_reduced_name("'news.google.co.uk'") }} is 'google'
   The public suffix is the last label, or the last two where the last has two letters and the
   one before is one of the words below. The whole list of suffixes would be a table of 10,000
   rows that somebody has to keep fresh; this rule reads the hosts of every source in the list
   aright. #}
{% macro host_reduced_name(host) -%}
    {%- set second_level = 'co|com|net|org|gov|edu|ac|or|ne|go|gob|gouv' -%}
    {%- set suffix = '(?:(?:' ~ second_level ~ ')[.][a-z][a-z]|[^. 0-9][^. /]*)' -%}
    {{ regexp_first(host, "'([^.]+)[.]" ~ suffix ~ "$'", 1) }}
{%- endmacro %}
