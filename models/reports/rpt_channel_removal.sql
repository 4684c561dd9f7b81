-- Grain: one row per conversion group, removal scenario and share that is cut.
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
        members.conversion_group,
        members.name_id,
        statistics.conversions_at_risk,
        statistics.credit
    from statistics
    inner join members
        on statistics.scenario_id = members.scenario_id
    where
        members.scenario_kind = 'channel'
        and members.cut_share = 1

),

scenarios as (

    select
        members.scenario_id,
        members.scenario_kind,
        members.scenario,
        members.cut_share,
        replace({{ ordered_text('members.name', 'members.name') }}, ' > ', ' + ') as channels,
        sum(single_cuts.credit) as normalised_credit,
        sum(single_cuts.conversions_at_risk) as single_risks
    from members
    inner join single_cuts
        on members.conversion_group = single_cuts.conversion_group
        and members.name_id = single_cuts.name_id
    group by
        members.scenario_id,
        members.scenario_kind,
        members.scenario,
        members.cut_share

),

measured as (

    select
        statistics.*,
        scenarios.scenario_kind,
        scenarios.scenario,
        scenarios.channels,
        scenarios.cut_share,
        scenarios.normalised_credit,
        -- What two channels would both lose: cut together, it is lost only once.
        case
            when scenarios.scenario_kind = 'pair'
                then scenarios.single_risks - statistics.conversions_at_risk
        end as overlap_conversions,
        1.959964 * statistics.conversions_at_risk_error as risk_half_width,
        1.959964 * statistics.value_at_risk_error as value_half_width
    from statistics
    inner join scenarios
        on statistics.scenario_id = scenarios.scenario_id

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
    from measured

)

select * from final
