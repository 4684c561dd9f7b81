-- Grain: one row per conversion group, removal scenario and share that is cut.
{{ config(enabled=is_switched_on('rpt_channel_removal')) }}
with

statistics as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where level = 'channel'

),

members as (

    select * from {{ ref('assisted_conversions', 'int_removal_scenarios') }}
    where level = 'channel'

),

bounds as (

    select * from {{ ref('assisted_conversions', 'int_removal_bounds') }}

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
        {{ ordered_text('members.name', 'members.name', ' + ') }} as channels,
        sum(single_cuts.credit) as normalised_credit,
        sum(single_cuts.conversions_at_risk) as single_risks
    from members
    inner join single_cuts
        on members.conversion_group = single_cuts.conversion_group
        and members.name = single_cuts.channel
    group by members.scenario_id

),

-- What the model says is lost is no bound: more than what has the channels on its path cannot be.
capped as (

    select
        statistics.*,
        bounds.conversions_with_channel,
        bounds.value_with_channel,
        {{ half_width(
            'pow(statistics.conversions_at_risk_error, 2)', 'statistics.conversions_at_risk'
        ) | indent(8) }} as risk_half_width,
        {{ half_width('pow(statistics.value_at_risk_error, 2)', 'statistics.value_at_risk')
            | indent(8) }} as value_half_width,
        least(statistics.conversions_at_risk, bounds.conversions_with_channel) as capped_risk,
        {{ true_difference('statistics.conversions_at_risk', 'bounds.conversions_with_channel')
            | indent(8) }} > 0 as is_capped
    from statistics
    inner join bounds
        on statistics.conversion_group = bounds.conversion_group
        and statistics.scenario_kind = bounds.scenario_kind
        and statistics.scenario = bounds.scenario

),

final as (

    select
        capped.conversion_group,
        capped.scenario,
        capped.scenario_kind,
        scenario_channels.channels,
        capped.cut_share,

        capped.removal_effect,
        capped.value_removal_effect,
        capped.capped_risk as conversions_at_risk,
        {{ money('least(capped.value_at_risk, capped.value_with_channel)') }} as value_at_risk,
        {%- for end, sign in {'low': '-', 'high': '+'}.items() %}
        least(
            capped.conversions_at_risk {{ sign }} capped.risk_half_width,
            capped.conversions_with_channel
        ) as risk_{{ end }},
        {%- endfor %}
        {%- for end, sign in {'low': '-', 'high': '+'}.items() %}
        {{ money(
            'least(capped.value_at_risk ' ~ sign ~ ' capped.value_half_width, '
            ~ 'capped.value_with_channel)'
        ) }} as value_risk_{{ end }},
        {%- endfor %}
        capped.conversions_with_channel,
        capped.is_capped,
        scenario_channels.normalised_credit,
        -- What two channels would both lose: where they are cut together, it is lost only once.
        case
            when capped.scenario_kind = 'pair'
                then scenario_channels.single_risks - capped.conversions_at_risk
        end as overlap_conversions,
        'If ' || scenario_channels.channels || ' is cut by '
        || cast({{ rounded('100 * capped.cut_share') }} as integer)
        || ' % and nobody comes back another way, the model expects to lose '
        || cast({{ rounded('capped.capped_risk') }} as bigint)
        || ' conversions. At most ' || capped.conversions_with_channel
        || ' can be lost, those with any of it on their path. The credit of '
        || cast({{ rounded('scenario_channels.normalised_credit') }} as bigint)
        || ' shares out all conversions and is no forecast.' as reading
    from capped
    inner join scenario_channels
        on capped.scenario_id = scenario_channels.scenario_id

)

select * from final
