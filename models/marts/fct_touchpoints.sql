-- Grain: one row per touchpoint.
{{ config(materialized='view') }}
with

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}

),

final as (

    select
        touchpoint_id,
        person_id,

        touched_at,
        touch_type,
        is_view,
        is_engaged,

        channel,
        funnel_stage,
        source,
        medium,
        campaign,
        content,
        term,
        landing_page,
        traffic_evidence,
        device_type,
        country
    from touchpoints

)

select * from final
