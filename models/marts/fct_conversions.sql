-- Grain: one row per conversion that counts, with a path or without.
{{ rebuilt_by('conversion_key', 'int_changed_conversions') }}
with

conversions as (

    select * from {{ ref('int_conversions') }}
    where {{ is_changed('conversion_key', 'int_changed_conversions', 'conversion_key') }}

),

path_summaries as (

    select * from {{ ref('int_path_summaries') }}

),

first_sessions as (

    select * from {{ ref('int_first_sessions') }}

),

final as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.person_id,

        conversions.conversion_type,
        conversions.conversion_class,
        conversions.converted_at,
        conversions.conversion_date,

        conversions.conversion_value,
        conversions.lookback_days,
        coalesce(paths.path_length, 0) as path_length,
        coalesce(paths.channel_count, 0) as channel_count,
        coalesce(paths.path_length, 0) >= 2 as is_assisted,
        paths.path_length is not null as is_attributed,

        paths.first_channel,
        paths.last_channel,
        paths.path,
        paths.path_collapsed,
        paths.first_touch_at,
        paths.last_touch_at,
        {{ days_between('paths.first_touch_at', 'conversions.converted_at') }}
            as days_to_conversion,
        {{ path_length_bucket('paths.path_length') | indent(8) }} as path_length_bucket,
        {{ days_bucket(
            days_between('paths.first_touch_at', 'conversions.converted_at')
        ) | indent(8) }} as days_to_conversion_bucket,
        coalesce(
            first_sessions.first_session_at
            >= coalesce(paths.first_touch_at, conversions.converted_at),
            true
        ) as is_new_visitor,
        paths.device_type,
        paths.country,

        conversions.product_category,
        conversions.plan_tier,
        conversions.lead_stage,
        conversions.audience
    from conversions
    left join path_summaries as paths
        on conversions.conversion_key = paths.conversion_key
    left join first_sessions
        on conversions.person_id = first_sessions.person_id

)

select * from final
