-- Grain: one row per conversion and channel on its path.
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

roles as (

    select
        touches.conversion_key,
        touches.channel,
        {{ role_flags('touches') | indent(8) }}
    from touches as touches
    group by
        touches.conversion_key,
        touches.channel

),

final as (

    select
        roles.conversion_key,
        conversions.conversion_type,
        conversions.conversion_class,
        conversions.converted_at,
        conversions.conversion_date,
        roles.channel,

        {{ role_columns('roles', 'conversions') | indent(8) }},

        conversions.person_id
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key

)

select * from final
