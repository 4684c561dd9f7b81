-- Grain: one row per data set, that is one: when its first and its latest touch or conversion
-- happened.
with

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

ends as (

    select
        min(touched_at) as begins_at,
        max(touched_at) as ends_at
    from touchpoints
    union all
    select
        min(converted_at) as begins_at,
        max(converted_at) as ends_at
    from conversions

),

final as (

    select
        min(begins_at) as begins_at,
        max(ends_at) as ends_at
    from ends

)

select * from final
