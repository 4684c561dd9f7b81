{#
    A text in which what looks like an e-mail address is replaced.
    Example: masked_emails('raw_record')
#}
{% macro masked_emails(expression) -%}
    {{ return(adapter.dispatch('masked_emails', 'assisted_conversions')(expression)) }}
{%- endmacro %}

{% macro duckdb__masked_emails(expression) -%}
    regexp_replace({{ expression }}, '{{ email_pattern() }}', '(e-mail)', 'g')
{%- endmacro %}

{% macro default__masked_emails(expression) -%}
    regexp_replace({{ expression }}, '{{ email_pattern() }}', '(e-mail)')
{%- endmacro %}

{% macro email_pattern() -%}
    {%- set part = '[^ "@/?&=:;,<>]+' -%}
    {{ return(part ~ '(@|%40)' ~ part) }}
{%- endmacro %}
