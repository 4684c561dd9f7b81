-- Grain: one row per conversion group and channel, of the three whose cut puts most value at risk.
{{ config(enabled=finding_is_on('int_findings_cuts')) }}
with

cuts as (

    select
        *,
        row_number() over (
            partition by conversion_group
            order by value_at_risk desc, {{ rounded('conversions_at_risk', 6) }} desc, scenario
        ) as risk_rank
    from {{ ref('assisted_conversions', 'rpt_channel_removal') }}
    where
        scenario_kind = 'channel'
        and cut_share = 1
        and conversions_with_channel >= {{ fewest_conversions() }}

),

final as (

    select
        conversion_group,
        'risk_of_cut' as finding_kind,
        channels as channel,
        'Without ' || channels || ' the model expects '
        || {{ counted('conversions_at_risk', 'fewer conversion') }} as headline,
        'If all of ' || channels || ' is cut and nobody comes back another way, the Markov model '
        || 'expects to lose ' || {{ counted('conversions_at_risk', 'conversion') }}
        || {{ worth('value_at_risk') }} || ', with 95 % confidence between '
        || {{ readable_number('greatest(risk_low, 0)') }} || ' and '
        || {{ readable_number('risk_high') }} || '. No more than '
        || {{ readable_number('conversions_with_channel') }}
        || ' can be lost: those with ' || channels || ' on their path.' as detail,
        'conversions_at_risk' as figure_name,
        conversions_at_risk as figure,
        risk_low as figure_low,
        risk_high as figure_high,
        conversions_at_risk as conversions_at_stake,
        greatest(value_at_risk, 0) as value_at_stake,
        'A model of past journeys, no forecast: people may come another way, and the interval does '
        || 'not cover that.'
        || case
            when is_capped then ' The model says more than can be lost, so it is capped.'
            else ''
        end as caution,
        'rpt_channel_removal' as source_report
    from cuts
    where
        risk_rank <= 3
        and conversions_at_risk >= 1

)

select * from final
