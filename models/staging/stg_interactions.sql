-- Grain: one row per interaction.
{{ config(materialized='view') }}
with

interactions as (

    select * from {{ ref('assisted_conversions', 'base_latest_interactions') }}

),

final as (

    select * from interactions
    where not {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(4) }}

)

select * from final
