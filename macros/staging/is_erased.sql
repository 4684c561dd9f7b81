{# Whether a row carries an identity that is to be erased. Arguments: columns, its identity keys.
   Example: is_erased(['visitor_key', 'user_key', 'email_key']) #}
{% macro is_erased(columns) -%}
    {%- set requests = ref('assisted_conversions', 'stg_erasure_requests') -%}
    (
        {%- for column in columns %}
        coalesce({{ column }} in (select identity_key from {{ requests }}), false)
        {{- ' or' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
