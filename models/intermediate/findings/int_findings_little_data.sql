-- Grain: one row per conversion group with too few conversions, and per channel with too few where
-- the group has enough.
{{ config(enabled=finding_is_on('int_findings_little_data')) }}
with

assists as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    where channel != '(unattributed)'

),

totals as (

    select * from assists
    where channel = '(total)'

),

final as (

    select
        assists.conversion_group,
        'too_little_data' as finding_kind,
        nullif(assists.channel, '(total)') as channel,
        case
            when assists.channel = '(total)'
                then 'Too little data: ' || {{ counted('assists.conversions', 'conversion') }}
                || ' so far'
            else 'Too little data about ' || assists.channel || ': '
                || {{ counted('assists.conversions', 'conversion') }}
        end as headline,
        case
            when assists.channel = '(total)'
                then 'Below {{ fewest_conversions() }} conversions shares and ratios are mostly '
                || 'chance.'
            else assists.channel || ' takes part in '
                || {{ counted('assists.conversions', 'conversion') }} || ' of '
                || {{ readable_number('totals.conversions') }} || '. Below '
                || '{{ fewest_conversions() }} its share and ratio are mostly chance.'
        end as detail,
        'conversions' as figure_name,
        cast(assists.conversions as {{ double_type() }}) as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        cast(assists.conversions as {{ double_type() }}) as conversions_at_stake,
        greatest(assists.assisted_value, assists.last_value, 0) as value_at_stake,
        'Wait for more conversions, or look at a larger conversion group.' as caution,
        'rpt_channel_assists' as source_report
    from assists
    inner join totals
        on assists.conversion_group = totals.conversion_group
    where
        assists.conversions > 0
        and assists.conversions < {{ fewest_conversions() }}
        and (
            assists.channel = '(total)'
            or totals.conversions >= {{ fewest_conversions() }}
        )

)

select * from final
