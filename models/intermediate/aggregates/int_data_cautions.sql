-- Grain: one row per conversion group whose figures something weakens, with what that is.
with

drift as (

    select * from {{ ref('assisted_conversions', 'int_conversion_drift') }}
    where has_both_sides

),

tracking as (

    select * from {{ ref('assisted_conversions', 'int_tracking_quality') }}
    where is_flagged

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

drift_of_types as (

    select
        conversion_type,
        sum(web_conversions) / nullif(cast(sum(system_conversions) as {{ double_type() }}), 0) - 1
            as count_drift
    from drift
    group by conversion_type
    having sum(system_conversions) >= 10

),

flagged_days as (

    select
        check_name,
        count(*) as days
    from tracking
    group by check_name

),

group_names as (

    select distinct conversion_group
    from conversion_groups

),

-- A week of days in which the tracking jumped is more than an accident. It concerns every group.
cautions as (

    select
        conversion_groups.conversion_group,
        'conversion_drift: web counts of ' || drift_of_types.conversion_type || ' are '
        || cast(cast({{ rounded('abs(drift_of_types.count_drift) * 100') }} as integer)
            as {{ dbt.type_string() }}) || ' % '
        || case when drift_of_types.count_drift < 0 then 'below' else 'above' end
        || ' those of crm and backend' as caution
    from drift_of_types
    inner join conversion_groups
        on drift_of_types.conversion_type = conversion_groups.conversion_type
    where
        {{ rounded('abs(drift_of_types.count_drift)', 9) }}
        > {{ setting('max_conversion_drift') }}
    union all
    select
        group_names.conversion_group,
        'tracking_quality: ' || flagged_days.check_name || ' jumped on '
        || cast(flagged_days.days as {{ dbt.type_string() }}) || ' days' as caution
    from flagged_days
    cross join group_names
    where flagged_days.days >= 7

),

final as (

    select
        conversion_group,
        {{ ordered_text('caution', 'caution', '; ') }} as data_flag
    from cautions
    group by conversion_group

)

select * from final
