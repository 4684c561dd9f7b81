-- Grain: one row per conversion group and distinct path of channels, of converting and of other
-- journeys apart. What the statistics need of a journey, however many took its path.
with

path_touches as (

    select * from {{ ref('int_path_touches') }}

),

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

journey_groups as (

    select distinct conversion_group
    from {{ ref('int_journey_groups') }}

),

-- Two journeys took the same path where hash and length agree.
converting as (

    select
        conversion_key,
        {{ row_hash(['conversion_key']) }} as journey_hash,
        count(*) as path_length,
        {{ path_hash(['channel', 'touch_position']) }} as path_hash
    from path_touches
    group by conversion_key

),

not_converting as (

    select
        conversion_group,
        {{ row_hash(['conversion_group', 'person_id', 'journey_number']) }} as journey_hash,
        count(*) as path_length,
        {{ path_hash(['channel', 'touch_position']) }} as path_hash
    from journey_touches
    group by
        conversion_group,
        {{ row_hash(['conversion_group', 'person_id', 'journey_number']) }}

),

paths as (

    select
        conversion_groups.conversion_group,
        true as is_converting,
        converting.path_hash,
        converting.path_length,
        -- One journey stands for all that took the path.
        min(converting.journey_hash) as journey_hash,
        count(*) as journeys,
        cast(sum(conversions.conversion_value) as double) as value_sum,
        sum(
            cast(conversions.conversion_value as double)
            * cast(conversions.conversion_value as double)
        ) as value_square_sum
    from converting
    inner join conversions
        on converting.conversion_key = conversions.conversion_key
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        converting.path_hash,
        converting.path_length
    union all
    select
        conversion_group,
        false as is_converting,
        path_hash,
        path_length,
        min(journey_hash) as journey_hash,
        count(*) as journeys,
        0 as value_sum,
        0 as value_square_sum
    from not_converting
    group by
        conversion_group,
        path_hash,
        path_length

),

final as (

    select
        row_number() over (order by paths.path_hash) as path_id,
        paths.conversion_group,
        paths.is_converting,
        journey_groups.conversion_group is not null as has_journeys,

        paths.path_length,
        paths.journey_hash,
        paths.journeys,
        paths.value_sum,
        paths.value_square_sum
    from paths
    left join journey_groups
        on paths.conversion_group = journey_groups.conversion_group

)

select * from final
