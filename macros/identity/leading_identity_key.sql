{# The identity key that decides which person a row belongs to: the first key that is not shared,
   in the order user, email, visitor, else the first key. Arguments: rows, alias of rows with
   user_key, email_key and visitor_key, followed by the joins of `join_shared_keys`.
   Example: leading_identity_key('touches') #}
{% macro leading_identity_key(rows) -%}
    coalesce(
        case when shared_user_keys.identity_key is null then {{ rows }}.user_key end,
        case when shared_email_keys.identity_key is null then {{ rows }}.email_key end,
        case when shared_visitor_keys.identity_key is null then {{ rows }}.visitor_key end,
        {{ rows }}.user_key,
        {{ rows }}.email_key,
        {{ rows }}.visitor_key
    )
{%- endmacro %}

{# The joins that `leading_identity_key` needs. Arguments: rows, as above; shared_keys, the
   relation or CTE of shared keys. Example: join_shared_keys('touches', 'shared_keys') #}
{% macro join_shared_keys(rows, shared_keys) -%}
    {%- for type in ['user', 'email', 'visitor'] %}
    left join {{ shared_keys }} as shared_{{ type }}_keys
        on {{ rows }}.{{ type }}_key = shared_{{ type }}_keys.identity_key
    {%- endfor %}
{%- endmacro %}
