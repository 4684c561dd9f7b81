-- Grain: one row per conversion group that has non-converting journeys, and distinct path in it.
with

journey_paths as (

    select * from {{ ref('int_journey_paths') }}

),

final as (

    select
        row_number() over (order by conversion_group, path_hash, path_length) as path_id,
        conversion_group,
        path_hash,
        path_length,

        count(*) as journeys,
        count(conversion_key) as conversions,
        cast(sum(conversion_value) as decimal(18, 4)) as conversion_value,
        count(distinct person_id) as persons,

        -- One journey stands for all, a converting one where there is any.
        min(conversion_key) as conversion_key,
        min(person_id) as person_id,
        min_by(journey_number, person_id) as journey_number
    from journey_paths
    group by
        conversion_group,
        path_hash,
        path_length

)

select * from final
