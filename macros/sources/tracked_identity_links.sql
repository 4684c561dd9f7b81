{# Who uses which browser, and the e-mail addresses of users. Arguments: identified, a query with
   anonymous_id, user_id, email and occurred_at, one row per call. #}
{% macro tracked_identity_links(identified) -%}
with

identified as (

    {{ identified | trim | indent(4) }}

),

links as (

    select
        'visitor' as left_type,
        anonymous_id as left_id,
        'user' as right_type,
        user_id as right_id,
        occurred_at
    from identified
    where anonymous_id is not null and user_id is not null
    union all
    select
        case when user_id is null then 'visitor' else 'user' end as left_type,
        coalesce(user_id, anonymous_id) as left_id,
        'email' as right_type,
        email as right_id,
        occurred_at
    from identified
    where email is not null and coalesce(user_id, anonymous_id) is not null

),

final as (

    select
        left_type,
        left_id,
        right_type,
        right_id,
        min(occurred_at) as linked_at
    from links
    group by left_type, left_id, right_type, right_id

)

select * from final
{%- endmacro %}
