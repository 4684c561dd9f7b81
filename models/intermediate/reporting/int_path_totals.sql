-- Grain: one row per conversion group that has non-converting journeys, and distinct path in it.
-- Plain sums over int_journey_paths. The ends go with the path: they are part of it.
with

journey_paths as (

    select * from {{ ref('assisted_conversions', 'int_journey_paths') }}

),

final as (

    select
        conversion_group,
        path_hash,
        path_length,
        first_channel,
        last_channel,

        count(*) as journeys,
        count(conversion_key) as conversions,
        cast(sum(conversion_value) as decimal(18, 4)) as conversion_value
    from journey_paths
    group by
        conversion_group,
        path_hash,
        path_length,
        first_channel,
        last_channel

)

select * from final
