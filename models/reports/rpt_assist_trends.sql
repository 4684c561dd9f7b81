-- Grain: one row per conversion group, ISO week and channel that ever took part, from the group's
-- first week to the last of the data; where nothing happened, a week holds zeros.
with

trends as (

    select * from {{ ref('assisted_conversions', 'int_assist_trends') }}

),

changed_definitions as (

    select
        conversion_group,
        {{ week_start_date('definition_changed_on') }} as week_start_date
    from {{ ref('assisted_conversions', 'int_conversion_groups') }}
    where definition_changed_on is not null

),

final as (

    select
        conversion_group,
        cast(week_start_date as date) as week_start_date,
        channel,

        cast(assisted_conversions as bigint) as assisted_conversions,
        cast(last_conversions as bigint) as last_conversions,
        {{ ratio('assisted_conversions', 'last_conversions') }} as assist_to_last_ratio,
        {{ assist_share('assisted_conversions', 'last_conversions') }} as assist_share,

        is_judged,
        cast(week_start_date as date) in (
            select changed_definitions.week_start_date
            from changed_definitions
            where changed_definitions.conversion_group = trends.conversion_group
        ) as definition_changed,

        baseline,
        anomaly_score,
        is_anomaly,
        volume_baseline,
        volume_score,
        is_volume_anomaly,
        level,
        is_change_point,
        role_shift is not null as is_role_shift,
        role_shift
    from trends

)

select * from final
