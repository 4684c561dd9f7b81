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

positions as (

    select cast(generated_number as integer) as touch_position
    from ({{ dbt_utils.generate_series(setting('max_touches_per_path')) | indent(4) }}) as numbers

),

typical_touches as (

    select distinct
        paths.path,
        positions.touch_position,
        {{ text_part('paths.path', "' > '", 'positions.touch_position') }} as channel
    from paths
    inner join positions
        on paths.path_length >= positions.touch_position
    where paths.is_typical

),

-- For consecutive touches of one channel, position less the channel's own count stays the same.
numbered_runs as (

    select
        *,
        touch_position - row_number() over (
            partition by path, channel
            order by touch_position
        ) as run_number
    from typical_touches

),

runs as (

    select
        path,
        channel,
        min(touch_position) as first_position,
        count(*) as touches
    from numbered_runs
    group by path, channel, run_number

),

collapsed_paths as (

    select
        path,
        {{ ordered_text(
            "case when touches > 1 then channel || ' x' || cast(touches as " ~ dbt.type_string()
            ~ ') else channel end',
            'first_position'
        ) | indent(8) }} as path_collapsed
    from runs
    group by path

),

-- A type whose typical path may not be shown has no name either.
types as (

    select
        paths.conversion_group,
        paths.journey_type,
        case
            when not paths.is_own_type then 'other paths to ' || paths.last_channel
            when paths.is_single_touch then paths.first_channel || ' only'
            when paths.first_channel = paths.last_channel
                then paths.first_channel || ' back to ' || paths.last_channel
            else paths.first_channel || ' to ' || paths.last_channel
        end as cluster_name,
        collapsed_paths.path_collapsed as typical_path
    from paths
    inner join collapsed_paths
        on paths.path = collapsed_paths.path
    where paths.is_typical

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
