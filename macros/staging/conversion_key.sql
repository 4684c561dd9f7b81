{# The key of a conversion: its source system and its id. `%` and `:` of the source system are
   escaped, so that two pairs never make one key. Null where there is no id.
   Example: conversion_key('source_system', 'conversion_id') -> crm:42, crm%3aeu:42 #}
{% macro conversion_key(source_system, conversion_id) -%}
    replace(replace({{ source_system }}, '%', '%25'), ':', '%3a') || ':' || {{ conversion_id }}
{%- endmacro %}
