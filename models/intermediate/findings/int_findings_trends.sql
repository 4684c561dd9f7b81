-- Grain: one row per conversion group, channel and kind: its latest role shift and unusual week.
{{ config(enabled=finding_is_on('int_findings_trends')) }}
with

weeks as (

    select
        *,
        assisted_conversions + last_conversions as volume,
        -- The levels of weeks that are not judged are null.
        max(case when level is not null then week_start_date end) over (
            partition by conversion_group, channel
            order by week_start_date
            rows between unbounded preceding and 1 preceding
        ) as last_judged_week,
        sum(assisted_conversions + last_conversions) over (
            partition by conversion_group, channel
            order by week_start_date
            rows between current row and unbounded following
        ) as volume_since
    from {{ ref('assisted_conversions', 'rpt_assist_trends') }}

),

trends as (

    select
        weeks.*,
        judged.level as level_before,
        -- A channel without a usual level yet is judged by its group: nothing can be told of it.
        weeks.is_volume_anomaly and weeks.volume_baseline is not null as is_unusual
    from weeks
    left join weeks as judged
        on
            weeks.conversion_group = judged.conversion_group
            and weeks.channel = judged.channel
            and weeks.last_judged_week = judged.week_start_date

),

latest_first as (

    select
        *,
        row_number() over (
            partition by conversion_group, channel, is_role_shift
            order by week_start_date desc
        ) as shift_rank,
        row_number() over (
            partition by conversion_group, channel, is_unusual
            order by week_start_date desc
        ) as anomaly_rank
    from trends

),

role_shifts as (

    select
        conversion_group,
        'role_shift' as finding_kind,
        channel,
        channel || ' moved ' || role_shift || ' in the week of '
        || cast(week_start_date as {{ dbt.type_string() }}) as headline,
        'Until then ' || {{ in_percent('level_before') }} || ' of the assists and closes of '
        || channel || ' were assists, since then ' || {{ in_percent('level') }} || '.'
        || case
            when definition_changed
                then ' The definition of a conversion type changed in that week.'
            else ''
        end as detail,
        'level' as figure_name,
        level as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        volume_since * abs(level - level_before) as conversions_at_stake,
        -- Weeks have no values: rpt_findings takes the average of the group.
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        'The data show when the mix changed, not why. Later weeks may move the week of the change.'
            as caution,
        'rpt_assist_trends' as source_report
    from latest_first
    where
        is_role_shift
        and shift_rank = 1

),

unusual_weeks as (

    select
        conversion_group,
        'unusual_week' as finding_kind,
        channel,
        channel || ' was far ' || case when volume < volume_baseline then 'below' else 'above' end
        || ' its usual level in the week of ' || cast(week_start_date as {{ dbt.type_string() }})
            as headline,
        'In that week ' || channel || ' had ' || {{ counted('assisted_conversions', 'assist') }}
        || ' and ' || {{ counted('last_conversions', 'close') }}
        || '; in the weeks before, the two came to about '
        || {{ readable_number('volume_baseline') }} || ' a week.' as detail,
        'assists_and_closes' as figure_name,
        cast(volume as {{ double_type() }}) as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        abs(volume - volume_baseline) as conversions_at_stake,
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        'Look at the tracking, the campaigns and the holidays of that week: it may distort all '
        || 'figures that include it.' as caution,
        'rpt_assist_trends' as source_report
    from latest_first
    where
        is_unusual
        and anomaly_rank = 1

),

final as (

    select * from role_shifts
    union all
    select * from unusual_weeks

)

select * from final
