-- Grain: one row per data set, that is one: when its latest touch or conversion happened.
with

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

ends as (

    select max(touched_at) as ends_at from touchpoints
    union all
    select max(converted_at) as ends_at from conversions

),

final as (

    select max(ends_at) as ends_at from ends

)

select * from final
