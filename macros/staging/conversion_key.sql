{# The key of a conversion: its source system and its id. `%` and `:` of the source system are
   escaped, so that two pairs never make one key. Null where there is no id.
   Example: conversion_key('source_system', 'conversion_id') -> crm:42, crm%3aeu:42 #}
{% macro conversion_key(source_system, conversion_id) -%}
    replace(replace({{ source_system }}, '%', '%25'), ':', '%3a') || ':' || {{ conversion_id }}
{%- endmacro %}

{# How far a source system is from being the most trusted one, by setting `system_priority`; systems
   that it doesn't name come last. Example: system_rank('source_system') -> 1 for crm #}
{% macro system_rank(source_system) -%}
    case {{ source_system }}
        {%- for system in setting('system_priority') %}
        when {{ quoted_list([system]) }} then {{ loop.index }}
        {%- endfor %}
        else {{ setting('system_priority') | length + 1 }}
    end
{%- endmacro %}
