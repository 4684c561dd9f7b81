-- Grain: one row per conversion that counts, with a path or without.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='append_new_columns',
    contract={'enforced': not setting('pass_through_columns')}
) }}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ is_changed('person_id') }}

),

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where {{ is_changed('person_id') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}
    where
        {{ is_changed('person_id') }}
        and touch_type = 'session'

),

-- The first visit of a person, engaged or not, whether or not it is on a path.
first_sessions as (

    select
        person_id,
        min(touched_at) as first_session_at
    from touchpoints
    group by person_id

),

paths as (

    select
        conversion_key,
        max(path_length) as path_length,
        count(distinct channel) as channel_count,
        max(case when is_first_touch then channel end) as first_channel,
        max(case when is_last_touch then channel end) as last_channel,
        {{ ordered_text('channel', 'touch_position') }} as path,
        min(touched_at) as first_touch_at,
        max(touched_at) as last_touch_at,
        max(case when is_last_touch then device_type end) as device_type,
        max(case when is_last_touch then country end) as country
    from touches
    group by conversion_key

),

collapsed_paths as (

    select * from {{ ref('assisted_conversions', 'int_collapsed_paths') }}

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
        cast(row_number() over (
            partition by conversions.person_id, conversions.conversion_type
            order by conversions.converted_at, conversions.conversion_key
        ) as {{ dbt.type_bigint() }}) as conversion_number,
        conversions.lookback_days,
        coalesce(paths.path_length, 0) as path_length,
        coalesce(paths.channel_count, 0) as channel_count,
        coalesce(paths.path_length, 0) >= 2 as is_assisted,
        paths.path_length is not null as is_attributed,

        paths.first_channel,
        paths.last_channel,
        paths.path,
        collapsed_paths.path_collapsed,
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
        paths.country
        {%- for column in segment_attributes() %},
        conversions.{{ column }}
        {%- endfor %}
    from conversions
    left join paths
        on conversions.conversion_key = paths.conversion_key
    left join collapsed_paths
        on conversions.conversion_key = collapsed_paths.conversion_key
    left join first_sessions
        on conversions.person_id = first_sessions.person_id

)

select * from final
