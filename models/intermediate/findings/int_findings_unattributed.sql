-- Grain: one row per conversion group in which at least a tenth of the conversions have no path.
{{ config(enabled=finding_is_on('int_findings_unattributed')) }}
with

assists as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_assists') }}

),

final as (

    select
        unattributed.conversion_group,
        'unattributed_conversions' as finding_kind,
        cast(null as {{ dbt.type_string() }}) as channel,
        {{ in_percent(ratio('unattributed.conversions', 'totals.conversions')) }}
        || ' of the conversions have no touch before them' as headline,
        {{ readable_number('unattributed.conversions') }} || ' of '
        || {{ counted('totals.conversions', 'conversion') }} || ' have an empty path: no visit or '
        || 'interaction of the same person lies in the lookback window.' as detail,
        'unattributed_share' as figure_name,
        {{ ratio('unattributed.conversions', 'totals.conversions') }} as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        cast(unattributed.conversions as {{ double_type() }}) as conversions_at_stake,
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        'All other figures are about the rest. Often the ids of conversions and visits do not '
        || 'match.' as caution,
        'rpt_channel_assists' as source_report
    from assists as unattributed
    inner join assists as totals
        on unattributed.conversion_group = totals.conversion_group
        and totals.channel = '(total)'
    where
        unattributed.channel = '(unattributed)'
        and unattributed.conversions * 10 >= totals.conversions

)

select * from final
