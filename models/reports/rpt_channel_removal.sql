-- Grain: one row per conversion group, removal scenario and share that is cut.
{{ config(enabled=setting('data_driven')) }}
with

statistics as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where level = 'channel'

),

members as (

    select * from {{ ref('assisted_conversions', 'int_removal_scenarios') }}
    where level = 'channel'

),

single_cuts as (

    select
        conversion_group,
        scenario as channel,
        conversions_at_risk,
        credit
    from statistics
    where
        scenario_kind = 'channel'
        and cut_share = 1

),

scenario_channels as (

    select
        members.scenario_id,
        {{ dbt.listagg('members.name', "' + '", 'order by members.name') }} as channels,
        sum(single_cuts.credit) as normalised_credit,
        sum(single_cuts.conversions_at_risk) as single_risks
    from members
    inner join single_cuts
        on members.conversion_group = single_cuts.conversion_group
        and members.name = single_cuts.channel
    group by members.scenario_id

),

-- What two channels would both lose: where they are cut together, it is lost only once.
scenarios as (

    select
        statistics.*,
        scenario_channels.channels,
        scenario_channels.normalised_credit,
        case
            when statistics.scenario_kind = 'pair'
                then scenario_channels.single_risks - statistics.conversions_at_risk
        end as overlap_conversions,
        {{ half_width(
            'pow(statistics.conversions_at_risk_error, 2)', 'statistics.conversions_at_risk'
        ) | indent(8) }} as risk_half_width,
        {{ half_width('pow(statistics.value_at_risk_error, 2)', 'statistics.value_at_risk')
            | indent(8) }} as value_half_width
    from statistics
    inner join scenario_channels
        on statistics.scenario_id = scenario_channels.scenario_id

),

final as (

    select
        conversion_group,
        scenario,
        scenario_kind,
        channels,
        cut_share,

        removal_effect,
        value_removal_effect,
        conversions_at_risk,
        {{ money('value_at_risk') }} as value_at_risk,
        conversions_at_risk - risk_half_width as risk_low,
        conversions_at_risk + risk_half_width as risk_high,
        {{ money('value_at_risk - value_half_width') }} as value_risk_low,
        {{ money('value_at_risk + value_half_width') }} as value_risk_high,
        normalised_credit,
        overlap_conversions,
        'Cutting ' || channels || ' by ' || cast(round(100 * cut_share) as integer)
        || ' % loses between 0 conversions, if all of these visitors come another way, and '
        || cast(round(conversions_at_risk) as bigint)
        || ', if none does. The credit of ' || cast(round(normalised_credit) as bigint)
        || ' shares out all conversions and is no forecast.' as reading
    from scenarios

)

select * from final
