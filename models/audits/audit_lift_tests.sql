-- Grain: one row per lift test, channel and conversion type as loaded.
-- Which tests calibrate credits, and the first reason why another one does not.
with

lift_tests as (

    select * from {{ ref('assisted_conversions', 'int_lift_tests') }}

),

final as (

    select
        test_id,
        channel,
        conversion_type,

        reason is null as is_used,
        reason,
        started_on,
        ended_on,
        conversions,
        incremental_conversions,
        case
            when incremental_conversions is not null and incremental_variance >= 0
                then sqrt(incremental_variance)
        end as incremental_error
    from lift_tests

)

select * from final
