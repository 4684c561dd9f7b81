{# The type of an identity key: visitor, user or email. Example: identity_type('identity_key') #}
{% macro identity_type(identity_key) -%}
    {{ dbt.split_part(identity_key, "':'", 1) }}
{%- endmacro %}
