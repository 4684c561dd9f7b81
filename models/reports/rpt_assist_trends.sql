-- Grain: one row per conversion group, ISO week and channel that ever took part, from the group's
-- first week to the last of the data; where nothing happened, a week holds zeros.
with

trends as (

    select * from {{ ref('assisted_conversions', 'int_assist_trends') }}

),

changed_definitions as (

    select distinct
        conversion_group,
        {{ week_start_date('definition_changed_on') }} as week_start_date
    from {{ ref('assisted_conversions', 'int_conversion_groups') }}
    where definition_changed_on is not null

),

final as (

    select
        trends.conversion_group,
        cast(trends.week_start_date as date) as week_start_date,
        trends.channel,

        cast(trends.assisted_conversions as bigint) as assisted_conversions,
        cast(trends.last_conversions as bigint) as last_conversions,
        {{ ratio('trends.assisted_conversions', 'trends.last_conversions') }}
            as assist_to_last_ratio,
        {{ assist_share('trends.assisted_conversions', 'trends.last_conversions') }}
            as assist_share,

        trends.is_judged,
        changed_definitions.week_start_date is not null as definition_changed,

        trends.baseline,
        trends.anomaly_score,
        trends.is_anomaly,
        trends.volume_baseline,
        trends.volume_score,
        trends.is_volume_anomaly,
        trends.level,
        trends.is_change_point,
        trends.role_shift is not null as is_role_shift,
        trends.role_shift
    from trends
    left join changed_definitions
        on
            trends.conversion_group = changed_definitions.conversion_group
            and cast(trends.week_start_date as date) = changed_definitions.week_start_date

)

select * from final
