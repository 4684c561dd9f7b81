-- Grain: one row per touchpoint: a session or interaction that may be on a path.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    on_schema_change='sync_all_columns',
    pre_hook=[
        "{{ assisted_conversions.delete_changed_keys('person_id') }}",
        "{{ assisted_conversions.keep_join_sides() }}",
    ],
    post_hook="{{ assisted_conversions.choose_join_sides() }}"
) }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_person_touches') }}

),

continued_touches as (

    select * from {{ ref('assisted_conversions', 'int_continued_touches') }}

),

final as (

    select
        touches.touchpoint_id,
        touches.person_id,
        touches.touch_type,
        touches.channel,
        touches.funnel_stage,
        touches.source,
        touches.medium,
        touches.campaign,
        touches.content,
        touches.term,
        touches.landing_page,
        touches.traffic_evidence,
        touches.device_type,
        touches.country,
        touches.is_view,
        touches.is_engaged,
        touches.is_paid,
        touches.is_direct,
        touches.touched_at,
        touches.ended_at
    from touches
    left join continued_touches
        on touches.touchpoint_id = continued_touches.touchpoint_id
    where
        continued_touches.touchpoint_id is null
        and {{ is_changed('person_id', 'touches.person_id') }}

)

select * from final
