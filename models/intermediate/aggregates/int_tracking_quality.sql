-- Grain: one row per day and check of the tracking, beside its level in the 8 weeks before.
with

checks as (

    select
        *,
        {{ ratio('affected_count', 'row_count') }} as affected_share
    from {{ ref('assisted_conversions', 'int_tracking_checks') }}

),

dated as (

    select
        checks.touch_date,
        checks.check_name,
        checks.row_count,
        checks.affected_count,
        checks.affected_share,
        count(earlier.touch_date) as baseline_days,
        sum(earlier.row_count) as baseline_rows,
        sum(earlier.affected_count) as baseline_affected,
        var_samp(earlier.affected_share) as daily_variance
    from checks
    left join checks as earlier
        on checks.check_name = earlier.check_name
        and checks.touch_date > earlier.touch_date
        and {{ later_date('checks.touch_date', -56) }} <= earlier.touch_date
    where checks.touch_date is not null
    group by
        checks.touch_date,
        checks.check_name,
        checks.row_count,
        checks.affected_count,
        checks.affected_share

),

-- A check that has never failed is not certain never to: one failure in the next two rows is added.
with_level as (

    select
        *,
        {{ ratio('baseline_affected', 'baseline_rows') }} as baseline_share,
        {{ ratio('baseline_affected + 1', 'baseline_rows + 2') }} as likely_share
    from dated

),

-- A jump is larger than the setting allows, and than chance and the weeks before explain.
final as (

    select
        touch_date,
        check_name,
        row_count,
        affected_count,
        affected_share,
        baseline_share,
        case
            when baseline_days >= 28 then
                affected_count >= 10
                and affected_share > baseline_share * (1 + {{ setting('max_tracking_jump') }})
                and affected_share - likely_share > 4 * sqrt(greatest(
                    likely_share * (1 - likely_share) / row_count, daily_variance
                ))
        end as is_flagged
    from with_level
    union all
    select
        touch_date,
        check_name,
        row_count,
        affected_count,
        affected_share,
        cast(null as {{ double_type() }}) as baseline_share,
        cast(null as boolean) as is_flagged
    from checks
    where touch_date is null

)

select * from final
