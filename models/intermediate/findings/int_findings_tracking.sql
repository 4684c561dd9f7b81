-- Grain: one row per conversion group and check of the tracking that jumped on some day.
{{ config(enabled=finding_is_on('int_findings_tracking')) }}
with

-- Latest day first.
flagged_days as (

    select
        *,
        count(*) over (partition by check_name) as days,
        row_number() over (partition by check_name order by touch_date desc) as day_rank
    from {{ ref('assisted_conversions', 'audit_tracking_quality') }}
    where is_flagged

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

-- The tracking is the same for all groups: what is at stake are their conversions of those days.
concerned as (

    select
        conversion_groups.conversion_group,
        flagged_days.check_name,
        count(*) as conversions,
        {{ sum_of_amounts('conversions.conversion_value') }} as conversion_value
    from flagged_days
    inner join conversions
        on flagged_days.touch_date = conversions.conversion_date
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, flagged_days.check_name

),

final as (

    select
        concerned.conversion_group,
        'tracking_problem' as finding_kind,
        cast(null as {{ dbt.type_string() }}) as channel,
        'Tracking: ' || replace(latest.check_name, '_', ' ') || ' jumped on '
        || {{ counted('latest.days', 'day') }} as headline,
        'On ' || cast(latest.touch_date as {{ dbt.type_string() }}) || ' this check found '
        || {{ readable_number('latest.affected_count') }} || ' of '
        || {{ counted('latest.row_count', 'row') }} || ' ('
        || {{ in_percent('latest.affected_share') }} || '), in the eight weeks before '
        || {{ in_percent('latest.baseline_share') }} || '. On the days with a jump there were '
        || {{ counted('concerned.conversions', 'conversion') }}
        || {{ worth('concerned.conversion_value') }} || '.' as detail,
        'affected_share' as figure_name,
        latest.affected_share as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        cast(concerned.conversions as {{ double_type() }}) as conversions_at_stake,
        greatest(concerned.conversion_value, 0) as value_at_stake,
        'Figures that include these days are weaker. audit_tracking_quality says what each check '
        || 'looks for.' as caution,
        'audit_tracking_quality' as source_report
    from concerned
    inner join flagged_days as latest
        on concerned.check_name = latest.check_name
        and latest.day_rank = 1

)

select * from final
