{# Names schemas as the project publishes them (`marts`, `reports`, `audits`), without dbt's
   prefix, so that BI tools find the same names on every machine. A target schema other than
   `main` becomes the prefix, and setting `schema_prefix` wins over it.
   Example: generate_schema_name('marts') -> marts #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set prefix = var('schema_prefix', none) or ('' if target.schema == 'main' else target.schema) -%}
    {%- if custom_schema_name is none -%}
        {{ target.schema }}
    {%- else -%}
        {{ (prefix ~ '_' if prefix else '') ~ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}
