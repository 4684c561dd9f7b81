-- Grain: one row per distinct set of identity keys that stand together in one row.
-- An order counts as one row: all its keys stand together.
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

    select distinct
        visitor_key,
        user_key,
        email_key
    from sessions
    where coalesce(user_key, email_key) is not null
    union
    select distinct
        visitor_key,
        user_key,
        email_key
    from interactions
    where coalesce(user_key, email_key) is not null
    union
    select distinct
        visitor_key,
        user_key,
        email_key
    from conversions
    where coalesce(user_key, email_key) is not null

)

select * from final
