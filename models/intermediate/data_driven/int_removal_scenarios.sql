-- Grain: one row per conversion group, level, removal scenario and member that is cut.
-- Each channel, and each set of channels of the setting `removal_scenarios`, is cut by 10 to 100 %;
-- pairs of channels and campaigns are cut whole.
{{ config(enabled=setting('data_driven')) }}
{%- set most_channels_in_pairs = 50 %}
with

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

state_names as (

    select distinct
        level,
        name_id,
        name
    from {{ ref('assisted_conversions', 'int_state_names') }}

),

states as (

    select
        level,
        journey_type,
        is_converting,
        journeys,
        {{ unnested_number('states') }} as name_id
    from {{ ref('assisted_conversions', 'int_distinct_paths') }} {{ unnest_join('states') }}

),

present as (

    select
        path_groups.conversion_group,
        states.level,
        states.name_id,
        state_names.name,
        row_number() over (
            partition by path_groups.conversion_group, states.level
            order by sum(states.journeys) desc, state_names.name
        ) as touches_rank
    from states
    inner join path_groups
        on states.journey_type = path_groups.journey_type
        and states.is_converting = path_groups.is_converting
    inner join state_names
        on states.level = state_names.level
        and states.name_id = state_names.name_id
    group by
        path_groups.conversion_group,
        states.level,
        states.name_id,
        state_names.name

),

shares as (

    select cast(generated_number as {{ double_type() }}) / 10 as cut_share
    from ({{ dbt_utils.generate_series(10) }}) as tenths

),

named_sets as (

    select
        cast(null as {{ dbt.type_string() }}) as scenario,
        cast(null as {{ dbt.type_string() }}) as channel
    where false
    {%- for scenario, channels in setting('removal_scenarios').items() %}
    {%- for channel in channels %}
    union all
    select
        {{ dbt.string_literal(dbt.escape_single_quotes(scenario)) }} as scenario,
        {{ dbt.string_literal(dbt.escape_single_quotes(channel)) }} as channel
    {%- endfor %}
    {%- endfor %}

),

members as (

    select
        present.conversion_group,
        present.level,
        'channel' as scenario_kind,
        present.name as scenario,
        shares.cut_share,
        present.name_id,
        present.name
    from present
    cross join shares
    where
        present.level = 'channel'
        or shares.cut_share = 1
    union all
    select
        one.conversion_group,
        one.level,
        'pair' as scenario_kind,
        one.name || ' + ' || other.name as scenario,
        {{ as_double(1) }} as cut_share,
        present.name_id,
        present.name
    from present as one
    inner join present as other
        on one.conversion_group = other.conversion_group
        and one.level = other.level
        and one.name < other.name
    inner join present
        on one.conversion_group = present.conversion_group
        and one.level = present.level
        and present.name in (one.name, other.name)
    where
        one.level = 'channel'
        and one.touches_rank <= {{ most_channels_in_pairs }}
        and other.touches_rank <= {{ most_channels_in_pairs }}
    union all
    select
        present.conversion_group,
        present.level,
        'set' as scenario_kind,
        named_sets.scenario,
        shares.cut_share,
        present.name_id,
        present.name
    from named_sets
    inner join present
        on named_sets.channel = present.name
        and present.level = 'channel'
    cross join shares

),

final as (

    select
        *,
        cast(dense_rank() over (
            order by conversion_group, level, scenario_kind, scenario, cut_share
        ) as bigint) as scenario_id
    from members

)

select * from final
