{# The first user or e-mail key of a row that is not shared, in the order user, email; null where
   there is none. Arguments: rows, alias of rows with user_key, email_key and visitor_key, followed
   by the joins of `join_shared_keys`. (An e-mail address as user or visitor id is an e-mail key.)
   Example: leading_strong_key('touches') #}
{% macro leading_strong_key(rows) -%}
    coalesce(
        case when shared_user_keys.identity_key is null then {{ rows }}.user_key end,
        case when shared_email_keys.identity_key is null then {{ rows }}.email_key end,
        case
            when shared_visitor_keys.identity_key is null
                and {{ is_strong_key(rows ~ '.visitor_key') }}
                then {{ rows }}.visitor_key
        end
    )
{%- endmacro %}

{# The identity key that decides which person a row belongs to: its leading strong key, else the
   first of its shared keys, else its visitor. Most rows have a visitor key only and are done with
   the first condition. Arguments: rows, as above. Example: leading_identity_key('touches') #}
{% macro leading_identity_key(rows) -%}
    {%- set emails = [] -%}
    {%- for type in ['user', 'email', 'visitor'] -%}
        {%- set key = rows ~ '.' ~ type ~ '_key' -%}
        {%- do emails.append('case when ' ~ key ~ " like 'email:%' then " ~ key ~ ' end') -%}
    {%- endfor -%}
    case
        when {{ rows }}.user_key is null and {{ rows }}.email_key is null
            then {{ rows }}.visitor_key
        else coalesce(
            {{ leading_strong_key(rows) | indent(12) }},
            case when {{ rows }}.user_key like 'user:%' then {{ rows }}.user_key end,
            -- The smallest of those that are not null.
            least(
                coalesce({{ emails[0] }}, {{ emails[1] }}, {{ emails[2] }}),
                coalesce({{ emails[1] }}, {{ emails[2] }}, {{ emails[0] }}),
                coalesce({{ emails[2] }}, {{ emails[0] }}, {{ emails[1] }})
            )
        )
    end
{%- endmacro %}

{# The joins that these need. A visitor key is looked up only if it is an address, which is rare.
   Arguments: rows, as above; shared_keys, the relation or CTE of shared keys.
   Example: join_shared_keys('touches', 'shared_keys') #}
{% macro join_shared_keys(rows, shared_keys) -%}
    {%- for type in ['user', 'email'] %}
    left join {{ shared_keys }} as shared_{{ type }}_keys
        on {{ rows }}.{{ type }}_key = shared_{{ type }}_keys.identity_key
    {%- endfor %}
    left join {{ shared_keys }} as shared_visitor_keys
        on
            case when {{ is_strong_key(rows ~ '.visitor_key') }} then {{ rows }}.visitor_key end
            = shared_visitor_keys.identity_key
{%- endmacro %}
