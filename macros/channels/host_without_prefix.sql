{# A host without the prefixes that say nothing about whose it is; null where it has none.
   Arguments: host - SQL expression, a lower-case host.
   Example: {{ host_without_prefix("'www.m.example.com'") }} is 'example.com' #}
{% macro host_without_prefix(host) -%}
    {{ regexp_first(host, "'^(?:(?:www|m|l|lm|out)[.])+(.+)$'", 1) }}
{%- endmacro %}
