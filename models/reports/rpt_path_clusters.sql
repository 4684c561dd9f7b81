-- Grain: one row per conversion group and type of journey, with an (unattributed) row.
-- The groups are those that have non-converting journeys; each journey is of one type.
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_journey_types') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

-- A type whose typical path may not be shown has no name either.
types as (

    select
        conversion_group,
        journey_type,
        case
            when is_single_touch then first_channel || ' only'
            when first_channel = last_channel then first_channel || ' back to ' || last_channel
            else first_channel || ' to ' || last_channel
        end as cluster_name,
        {{ collapsed_path('path') | indent(8) }} as typical_path
    from paths
    where is_typical

),

clusters as (

    select
        paths.conversion_group,
        coalesce(types.cluster_name, '(other journeys)') as cluster_name,
        types.typical_path,
        count(*) as paths,
        sum(paths.path_length * paths.journeys) as touches,
        cast(sum(paths.journeys) as bigint) as journeys,
        cast(sum(paths.conversions) as bigint) as conversions,
        {{ sum_of_amounts('paths.conversion_value') }} as conversion_value
    from paths
    left join types
        on paths.conversion_group = types.conversion_group
        and paths.journey_type = types.journey_type
    group by paths.conversion_group, types.cluster_name, types.typical_path
    union all
    select
        journey_groups.conversion_group,
        '(unattributed)' as cluster_name,
        null as typical_path,
        0 as paths,
        0 as touches,
        0 as journeys,
        count(*) as conversions,
        {{ sum_of_amounts('conversions.conversion_value') }} as conversion_value
    from conversions
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type
    where not conversions.is_attributed
    group by journey_groups.conversion_group

),

final as (

    select
        conversion_group,
        cluster_name,
        typical_path,

        journeys,
        conversions,
        {{ ratio('conversions', 'journeys') }} as conversion_rate,
        conversion_value,
        {{ ratio('conversions', 'sum(conversions) over (partition by conversion_group)') }}
            as share_of_conversions,
        {{ ratio('journeys', 'sum(journeys) over (partition by conversion_group)') }}
            as share_of_journeys,
        {{ ratio('touches', 'journeys') }} as average_path_length,
        paths
    from clusters

)

select * from final
