{#
    The type of an identity key: visitor, user or email.
    Example: identity_type("'visitor:42'") -> visitor
#}
{% macro identity_type(identity_key) -%}
    split_part({{ identity_key }}, ':', 1)
{%- endmacro %}
