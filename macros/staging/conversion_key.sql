{#
    The key of a conversion, unambiguous also where the system's name holds a colon.
    Example: conversion_key("'crm:x'", "'1'") -> crm%3ax:1
#}
{% macro conversion_key(source_system, conversion_id) -%}
    replace(replace({{ source_system }}, '%', '%25'), ':', '%3a') || ':' || {{ conversion_id }}
{%- endmacro %}
