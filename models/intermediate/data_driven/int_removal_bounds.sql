-- Grain: one row per conversion group and set of channels that a removal scenario cuts.
-- The conversions with any of these channels on their path: no more can be lost, whatever the model
-- says.
{{ config(enabled=setting('data_driven')) }}
with

channel_sets as (

    select * from {{ ref('assisted_conversions', 'int_channel_sets') }}
    where conversions > 0

),

members as (

    select distinct
        conversion_group,
        scenario_kind,
        scenario,
        name
    from {{ ref('assisted_conversions', 'int_removal_scenarios') }}
    where level = 'channel'

),

scenario_sets as (

    select
        members.conversion_group,
        members.scenario_kind,
        members.scenario,
        channel_sets.set_id,
        max(channel_sets.conversions) as conversions,
        max(channel_sets.value_sum) as value_sum
    from members
    inner join channel_sets
        on members.conversion_group = channel_sets.conversion_group
        and members.name = channel_sets.channel
    group by
        members.conversion_group,
        members.scenario_kind,
        members.scenario,
        channel_sets.set_id

),

sums as (

    select
        conversion_group,
        scenario_kind,
        scenario,
        sum(conversions) as conversions,
        sum({{ exact('value_sum') }}) as conversion_value
    from scenario_sets
    group by
        conversion_group,
        scenario_kind,
        scenario

),

scenarios as (

    select distinct
        conversion_group,
        scenario_kind,
        scenario
    from members

),

final as (

    select
        scenarios.conversion_group,
        scenarios.scenario_kind,
        scenarios.scenario,

        cast(coalesce(sums.conversions, 0) as bigint) as conversions_with_channel,
        cast(coalesce(sums.conversion_value, 0) as {{ double_type() }}) as value_with_channel
    from scenarios
    left join sums
        on scenarios.conversion_group = sums.conversion_group
        and scenarios.scenario_kind = sums.scenario_kind
        and scenarios.scenario = sums.scenario

)

select * from final
