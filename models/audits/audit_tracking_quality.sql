-- Grain: one row per day (touch_date) and check of the tracking (check_name).
with

final as (

    select * from {{ ref('assisted_conversions', 'int_tracking_quality') }}

)

select * from final
