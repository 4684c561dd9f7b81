-- Grain: one row per conversion group that has non-converting journeys, and distinct path, with the
-- type of journey that it belongs to. The two ends of a path, and whether it is a single touch, are
-- its shape. The most frequent shapes are types; of rarer ones, those that end on one channel are a
-- type together, and single touches are of none (null). So all journeys of a type fit its name.
{%- set types = 10 %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}
    where is_attributed

),

non_converting_journeys as (

    select * from {{ ref('assisted_conversions', 'int_journey_summaries') }}

),

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

journeys as (

    select
        journey_groups.conversion_group,
        conversions.person_id,
        conversions.path,
        conversions.path_length,
        conversions.first_channel,
        conversions.last_channel,
        conversions.conversion_key,
        conversions.conversion_value
    from conversions
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type
    union all
    select
        conversion_group,
        person_id,
        path,
        path_length,
        first_channel,
        last_channel,
        null as conversion_key,
        0 as conversion_value
    from non_converting_journeys

),

paths as (

    select
        conversion_group,
        first_channel,
        last_channel,
        path_length = 1 as is_single_touch,
        path,
        path_length,
        count(*) as journeys,
        count(conversion_key) as conversions,
        {{ sum_of_amounts('conversion_value') }} as conversion_value,
        {{ enough_persons('person_id') }} as is_showable
    from journeys
    group by conversion_group, first_channel, last_channel, path, path_length

),

shapes as (

    select
        conversion_group,
        first_channel,
        last_channel,
        is_single_touch,
        row_number() over (
            partition by conversion_group
            order by sum(journeys) desc, first_channel, last_channel, is_single_touch
        ) as size_rank
    from paths
    group by conversion_group, first_channel, last_channel, is_single_touch

),

shape_types as (

    select
        *,
        size_rank <= {{ types }} as is_own_type,
        case
            when size_rank <= {{ types }} then size_rank
            when not is_single_touch then {{ types }} + dense_rank() over (
                partition by conversion_group
                order by last_channel
            )
        end as journey_type
    from shapes

),

-- A type's typical path is the one that most journeys took.
final as (

    select
        paths.*,
        shape_types.journey_type,
        shape_types.is_own_type,
        shape_types.journey_type is not null and paths.is_showable and row_number() over (
            partition by paths.conversion_group, shape_types.journey_type, paths.is_showable
            order by paths.journeys desc, paths.path_length, paths.path
        ) = 1 as is_typical
    from paths
    inner join shape_types
        on paths.conversion_group = shape_types.conversion_group
        and paths.first_channel = shape_types.first_channel
        and paths.last_channel = shape_types.last_channel
        and paths.is_single_touch = shape_types.is_single_touch

)

select * from final
