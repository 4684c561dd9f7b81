{# The settings of an adapter that is on; empty for one that is off. Example: the value of
   `adapters: {klaviyo: {schema: mail}}` is {'schema': 'mail'} #}
{% macro adapter_settings(name) -%}
    {{ return(setting('adapters').get(name) or {}) }}
{%- endmacro %}

{# One of an adapter's own settings, else its default.
   Example: adapter_setting('shopify', 'time_zone') #}
{% macro adapter_setting(name, key) -%}
    {{ return(adapter_settings(name).get(key, adapters()[name].settings[key].default)) }}
{%- endmacro %}

{# Whether an adapter is on. Example: {{ config(enabled=adapter_is_on('klaviyo')) }} #}
{% macro adapter_is_on(name) -%}
    {{ return(name in setting('adapters')) }}
{%- endmacro %}

{# The adapters that are on and make a raw table, by name. Example: adapters_of('interactions') #}
{% macro adapters_of(table) -%}
    {%- set names = [] -%}
    {%- for name, adapter in adapters().items() if adapter_is_on(name) and table in adapter.tables -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {{ return(names | sort) }}
{%- endmacro %}

{# Whether adapters, or models that `source_models` names, make a raw table. #}
{% macro is_united(table) -%}
    {{ return((adapters_of(table) or setting('source_models').get(table)) and true or false) }}
{%- endmacro %}

{# What the setting `adapters` may hold: a rule for each adapter, as in `setting_rules`. #}
{% macro adapter_rules() -%}
    {%- set word = {'kind': 'text', 'pattern': '(?s).*\S.*'} -%}
    {%- set words = {'kind': 'mapping', 'values': word} -%}
    {%- set rules = {} -%}
    {%- for name, adapter in adapters().items() -%}
        {%- do rules.update({name: {'kind': 'mapping', 'nullable': true, 'keys': dict(
            {
                'database': word, 'schema': word, 'tables': words,
                'columns': {'kind': 'mapping', 'values': words, 'allowed': 'a mapping of tables to '
                    ~ 'columns with other names, as {person: {email: mail}}'},
                'user_ids': dict(word, nullable=true),
            },
            **adapter.settings
        )}}) -%}
    {%- endfor -%}
    {{ return(rules) }}
{%- endmacro %}

{# The conversion types that the settings of adapters name, without defaults: lists by setting.
   Example: conversion_types_of_adapters() -> {'adapters.segment.conversions': ['purchase', 'lead']} #}
{% macro conversion_types_of_adapters() -%}
    {%- set named = {} -%}
    {%- for name in setting('adapters') -%}
        {%- set rules = adapters()[name].settings -%}
        {%- for key, value in adapter_settings(name).items() if value and 'types_in' in rules.get(key, {}) -%}
            {%- set place = rules[key].types_in -%}
            {%- do named.update({'adapters.' ~ name ~ '.' ~ key: [value] if place == 'value'
                else (value if place == 'keys' else value.values()) | unique | list}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(named) }}
{%- endmacro %}
