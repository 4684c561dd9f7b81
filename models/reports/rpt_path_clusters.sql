-- Grain: one row per conversion group and cluster of journeys, with an (unattributed) row.
-- The groups are those that have non-converting journeys; each journey is in one cluster.
with

clusters as (

    select * from {{ ref('assisted_conversions', 'int_path_clusters') }}

),

path_totals as (

    select * from {{ ref('assisted_conversions', 'int_path_totals') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

unioned as (

    select
        clusters.conversion_group,
        clusters.cluster_name,
        clusters.typical_path,
        1 as paths,
        path_totals.path_length * path_totals.journeys as touches,
        path_totals.journeys,
        path_totals.conversions,
        path_totals.conversion_value
    from path_totals
    inner join clusters
        on
            path_totals.conversion_group = clusters.conversion_group
            and path_totals.first_channel = clusters.first_channel
            and path_totals.last_channel = clusters.last_channel
            and (path_totals.path_length = 1) = clusters.is_single_touch
    union all
    select
        journey_groups.conversion_group,
        '(unattributed)' as cluster_name,
        null as typical_path,
        0 as paths,
        0 as touches,
        0 as journeys,
        1 as conversions,
        conversions.conversion_value
    from conversions
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type
    where not conversions.is_attributed

),

summed as (

    select
        conversion_group,
        cluster_name,
        typical_path,
        cast(sum(paths) as bigint) as paths,
        cast(sum(touches) as bigint) as touches,
        cast(sum(journeys) as bigint) as journeys,
        cast(sum(conversions) as bigint) as conversions,
        cast(sum(conversion_value) as decimal(18, 4)) as conversion_value
    from unioned
    group by
        conversion_group,
        cluster_name,
        typical_path

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
    from summed

)

select * from final
