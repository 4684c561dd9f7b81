-- Grain: one row per conversion group in which several channels have costs: the cheapest assist.
{{ config(enabled=finding_is_on('int_findings_costs')) }}
with

assists as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    where
        channel not in ('(total)', '(unattributed)')
        and cost > 0
        and assisted_conversions >= {{ fewest_conversions() }}

),

ranked as (

    select
        *,
        row_number() over (
            partition by conversion_group
            order by cost_per_assisted_conversion, channel
        ) as cost_rank,
        count(*) over (partition by conversion_group) as channels,
        sum(cost) over (partition by conversion_group) as cost_of_all
    from assists

),

final as (

    select
        cheapest.conversion_group,
        'cheapest_assist' as finding_kind,
        cheapest.channel,
        'The cheapest assist is that of ' || cheapest.channel || ': '
        || {{ in_money('cheapest.cost_per_assisted_conversion', 2) }} as headline,
        cheapest.channel || ' cost ' || {{ in_money('cheapest.cost') }} || ' and assisted '
        || {{ counted('cheapest.assisted_conversions', 'conversion') }} || ', '
        || {{ in_money('cheapest.cost_per_assisted_conversion', 2) }} || ' each. Of '
        || {{ readable_number('cheapest.channels') }} || ' channels with spend and '
        || 'at least {{ fewest_conversions() }} assists, the most expensive is '
        || costliest.channel || ' at '
        || {{ in_money('costliest.cost_per_assisted_conversion', 2) }} || '.' as detail,
        'cost_per_assisted_conversion' as figure_name,
        cheapest.cost_per_assisted_conversion as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        cheapest.assisted_conversions as conversions_at_stake,
        -- The spend that the comparison is about.
        cast(cheapest.cost_of_all as {{ amount_sum_type() }}) as value_at_stake,
        'Spend has no conversion type, so each group divides the whole cost of a channel. What '
        || 'past assists cost does not say what more spend would bring.' as caution,
        'rpt_channel_assists' as source_report
    from ranked as cheapest
    inner join ranked as costliest
        on cheapest.conversion_group = costliest.conversion_group
        and cheapest.channels = costliest.cost_rank
    where
        cheapest.cost_rank = 1
        and cheapest.cost_per_assisted_conversion < costliest.cost_per_assisted_conversion

)

select * from final
