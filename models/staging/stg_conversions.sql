-- Grain: one row per conversion event of a source system (orders are merged later).
{{ config(materialized='view') }}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'base_latest_conversions') }}

),

final as (

    select * from conversions
    where not {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(4) }}

)

select * from final
