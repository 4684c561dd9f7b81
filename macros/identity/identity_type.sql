{# The type of an identity key: visitor, user or email. Example: identity_type('identity_key') #}
{% macro identity_type(identity_key) -%}
    {{ text_part(identity_key, "':'", 1) }}
{%- endmacro %}

{# Whether an identity key is strong: a user or e-mail key, which names somebody. A visitor key names
   a device. Example: is_strong_key('identity_key') #}
{% macro is_strong_key(identity_key) -%}
    {{ identity_key }} not like 'visitor:%'
{%- endmacro %}
