-- Grain: one row per conversion, channel, source, medium and campaign on its path.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='append_new_columns'
) }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where {{ is_changed('person_id') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ is_changed('person_id') }}

),

roles as (

    select
        touches.conversion_key,
        touches.channel,
        touches.source,
        touches.medium,
        touches.campaign,
        {{ role_flags('touches') | indent(8) }}
    from touches as touches
    group by
        touches.conversion_key,
        touches.channel,
        touches.source,
        touches.medium,
        touches.campaign

),

final as (

    select
        roles.conversion_key,
        conversions.conversion_type,
        conversions.conversion_class,
        conversions.converted_at,
        conversions.conversion_date,
        roles.channel,
        roles.source,
        roles.medium,
        roles.campaign,

        {{ role_columns('roles', 'conversions') | indent(8) }},

        conversions.person_id
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key

)

select * from final
