-- Grain: one row per conversion group that has non-converting journeys, and distinct path, with the
-- type of journey that it belongs to. The two ends of a path, and whether it is a single touch, are
-- its shape. The most frequent shapes are types; a rarer one joins the largest type with its last
-- channel, else the largest with its first channel, else none (null).
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

types as (

    select
        *,
        case when size_rank <= {{ types }} then size_rank end as own_type
    from shapes

),

shape_types as (

    select
        *,
        coalesce(
            own_type,
            min(own_type) over (partition by conversion_group, is_single_touch, last_channel),
            min(own_type) over (partition by conversion_group, is_single_touch, first_channel)
        ) as journey_type
    from types

),

-- A type's typical path has the type's own shape, and is the one that most journeys took.
final as (

    select
        paths.*,
        shape_types.journey_type,
        shape_types.own_type is not null and paths.is_showable and row_number() over (
            partition by paths.conversion_group, shape_types.size_rank, paths.is_showable
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
