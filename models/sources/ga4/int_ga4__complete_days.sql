-- Grain: one row per day whose events are complete, which is over.
-- A table: each model that reads the events would look through all of them for it.
{{ config(enabled=adapter_is_on('ga4'), materialized='table') }}
with

daily as (

    select * from {{ ref('assisted_conversions', 'base_ga4__events') }}

),

final as (

    select distinct event_date from daily

)

select * from final
