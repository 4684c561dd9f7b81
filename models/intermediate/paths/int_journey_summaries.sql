-- Grain: one row per conversion group and closed journey that led to no conversion.
{{ config(materialized='view') }}
with

journeys as (

    select * from {{ ref('assisted_conversions', 'int_person_journeys') }}

),

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

),

-- A person whose last touch is less than a lookback ago may still convert.
final as (

    select journeys.*
    from journeys
    cross join data_end
    where {{ is_over('journeys', 'data_end') }}

)

select * from final
