-- Grain: one row per conversion group and shape of a journey, with the cluster that it is in.
-- A kind without a path that many enough persons took has no name.
with

kinds as (

    select * from {{ ref('assisted_conversions', 'int_journey_kinds') }}

),

typical_paths as (

    select * from {{ ref('assisted_conversions', 'int_typical_paths') }}

),

final as (

    select
        kinds.conversion_group,
        kinds.first_channel,
        kinds.last_channel,
        kinds.is_single_touch,

        case
            when typical_paths.typical_path is null then '(other journeys)'
            when typical_paths.is_single_touch then typical_paths.first_channel || ' only'
            when typical_paths.first_channel = typical_paths.last_channel
                then typical_paths.first_channel || ' back to ' || typical_paths.last_channel
            else typical_paths.first_channel || ' to ' || typical_paths.last_channel
        end as cluster_name,
        typical_paths.typical_path
    from kinds
    left join typical_paths
        on
            kinds.conversion_group = typical_paths.conversion_group
            and kinds.kind_first_channel = typical_paths.first_channel
            and kinds.kind_last_channel = typical_paths.last_channel
            and kinds.is_single_touch = typical_paths.is_single_touch

)

select * from final
