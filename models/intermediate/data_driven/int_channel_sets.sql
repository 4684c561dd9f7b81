-- Grain: one row per conversion group, distinct set of channels on its journeys, and channel in it.
{{ config(enabled=setting('data_driven')) }}
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}
    where level = 'channel'

),

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}
    where level = 'channel'

),

type_sets as (

    select
        journey_type,
        is_converting,
        {{ distinct_numbers('states') }} as channels,
        sum(journeys) as journeys,
        sum(value_sum) as value_sum,
        sum(value_square_sum) as value_square_sum
    from paths
    group by
        journey_type,
        is_converting,
        {{ distinct_numbers('states') }}

),

group_sets as (

    select
        path_groups.conversion_group,
        path_groups.has_journeys,
        type_sets.channels,
        cast(sum(type_sets.journeys) as bigint) as journeys,
        cast(sum(case when type_sets.is_converting then type_sets.journeys else 0 end) as bigint)
            as conversions,
        sum(type_sets.value_sum) as value_sum,
        sum(type_sets.value_square_sum) as value_square_sum
    from type_sets
    inner join path_groups
        on type_sets.journey_type = path_groups.journey_type
        and type_sets.is_converting = path_groups.is_converting
    group by
        path_groups.conversion_group,
        path_groups.has_journeys,
        type_sets.channels

),

set_channels as (

    select
        *,
        {{ row_hash(['channels']) }} as set_id,
        {{ unnested_number('channels') }} as name_id
    from group_sets {{ unnest_join('channels') }}

),

final as (

    select
        set_channels.conversion_group,
        set_channels.set_id,
        state_names.channel,

        set_channels.has_journeys,
        set_channels.journeys,
        set_channels.conversions,
        set_channels.value_sum,
        set_channels.value_square_sum
    from set_channels
    inner join state_names
        on set_channels.name_id = state_names.name_id

)

select * from final
