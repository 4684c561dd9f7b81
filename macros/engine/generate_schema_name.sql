{#
    Names schemas as the project publishes them (`marts`, `reports`, `audits`), without dbt's
    prefix, so that BI tools find the same names on every machine. Where several people share a
    database, each sets a target schema other than `main`, which then becomes the prefix.
    Example: generate_schema_name('marts') -> marts
#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- if custom_schema_name is none -%}
        {{ target.schema }}
    {%- elif target.schema == 'main' -%}
        {{ custom_schema_name | trim }}
    {%- else -%}
        {{ target.schema }}_{{ custom_schema_name | trim }}
    {%- endif -%}
{%- endmacro %}
