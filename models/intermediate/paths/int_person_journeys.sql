-- Grain: one row per conversion group and journey that led to no conversion, including journeys
-- that may still convert.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='sync_all_columns'
) }}
with

journey_touches as (

    select * from {{ ref('assisted_conversions', 'int_person_journey_touches') }}
    where {{ is_changed('person_id') }}

),

final as (

    select
        conversion_group,
        person_id,
        journey_number,

        min(lookback_days) as lookback_days,
        max(path_length) as path_length,
        max(case when touch_position = 1 then channel end) as first_channel,
        max(case when touch_position = path_length then channel end) as last_channel,
        {{ ordered_text('channel', 'touch_position') }} as path,

        min(touched_at) as started_at,
        max(touched_at) as ended_at,
        max(last_touched_at) as last_touched_at
    from journey_touches
    group by
        conversion_group,
        person_id,
        journey_number

)

select * from final
