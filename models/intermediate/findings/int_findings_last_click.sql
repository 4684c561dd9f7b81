-- Grain: one row per conversion group and channel that last clicks undervalue.
{{ config(enabled=finding_is_on('int_findings_last_click')) }}
with

assists as (

    select
        *,
        last_conversions = 0 and nurtured_conversions = 0 as only_introduces
    from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    where
        channel not in ('(total)', '(unattributed)')
        and conversions >= {{ fewest_conversions() }}

),

-- It assists more than it closes, also at the lower end of the interval.
under_credited as (

    select
        conversion_group,
        'under_credited_by_last_click' as finding_kind,
        channel,
        case
            when last_conversions = 0
                then 'Last click shows nothing of ' || channel || ': '
                || {{ counted('assisted_conversions', 'assist') }} || ', no close'
            else 'Last click under-credits ' || channel || ': '
                || {{ in_ratio('assist_to_last_ratio') }} || ' assists to 1 close'
        end as headline,
        channel || ' assisted ' || {{ counted('assisted_conversions', 'conversion') }}
        || {{ worth('assisted_value') }}
        || case
            when last_conversions = 0 then ' and closed none.'
            else ' and closed ' || {{ readable_number('last_conversions') }}
                || {{ worth('last_value') }} || '. That is '
                || {{ in_ratio('assist_to_last_ratio') }}
                || ' to 1, with 95 % confidence '
                || case
                    when ratio_high is null then 'at least ' || {{ in_ratio('ratio_low') }}
                    else 'between ' || {{ in_ratio('ratio_low') }} || ' and '
                        || {{ in_ratio('ratio_high') }}
                end || '.'
        end
        || ' A report of last clicks counts only what it closed.' as detail,
        'assist_to_last_ratio' as figure_name,
        assist_to_last_ratio as figure,
        ratio_low as figure_low,
        ratio_high as figure_high,
        assisted_conversions - last_conversions as conversions_at_stake,
        greatest(assisted_value - last_value, 0) as value_at_stake,
        'An assist says that the channel was on the way, not that it caused the conversion.'
            as caution,
        'rpt_channel_assists' as source_report
    from assists
    where
        assist_share_low > 0.5
        and not only_introduces

),

introducers as (

    select
        conversion_group,
        'only_introduces' as finding_kind,
        channel,
        channel || ' only introduces: it opened ' || {{ counted('conversions', 'conversion') }}
        || ' and closed none' as headline,
        'All ' || {{ counted('conversions', 'conversion') }} || {{ worth('assisted_value') }}
        || ' that ' || channel || ' took part in began with it and were closed by others. A report '
        || 'of last clicks does not show it at all.' as detail,
        'introduced_conversions' as figure_name,
        cast(introduced_conversions as {{ double_type() }}) as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        conversions as conversions_at_stake,
        greatest(assisted_value, 0) as value_at_stake,
        'That a path begins with a channel does not say that it would not have begun without it.'
            as caution,
        'rpt_channel_assists' as source_report
    from assists
    where only_introduces

),

final as (

    select * from under_credited
    union all
    select * from introducers

)

select * from final
