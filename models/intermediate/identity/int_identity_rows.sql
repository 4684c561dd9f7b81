-- Grain: one row per session, interaction or conversion that carries a user or an e-mail address,
-- with the identity keys that stand together in it.
{{ config(materialized='view') }}
{%- set of_changed_keys = is_changed(
    ['visitor_key', 'user_key', 'email_key'], 'int_changed_pair_keys', 'left_key'
) %}
with

sessions as (

    select * from {{ ref('stg_sessions') }}

),

interactions as (

    select * from {{ ref('stg_interactions') }}

),

conversions as (

    select * from {{ ref('stg_conversions') }}

),

final as (

    select
        visitor_key,
        user_key,
        email_key
    from sessions
    where
        coalesce(user_key, email_key) is not null
        and {{ of_changed_keys }}
    union all
    select
        visitor_key,
        user_key,
        email_key
    from interactions
    where
        coalesce(user_key, email_key) is not null
        and {{ of_changed_keys }}
    union all
    select
        visitor_key,
        user_key,
        email_key
    from conversions
    where
        coalesce(user_key, email_key) is not null
        and {{ of_changed_keys }}

)

select * from final
