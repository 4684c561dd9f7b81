{#
    A text in which what looks like an e-mail address is replaced.
    Example: masked_emails('raw_record')
#}
{% macro masked_emails(expression) -%}
    {%- set part = '[^ "@/?&=:;,<>]+' -%}
    {{ regexp_replace_all(expression, "'" ~ part ~ '(@|%40)' ~ part ~ "'", "'(e-mail)'") }}
{%- endmacro %}
