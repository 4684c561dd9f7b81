-- Grain: one row per session or interaction that goes on with another touch and is none of its own.
-- A return from a payment page goes on with the visit before it. An e-mail click is one touch with
-- the visit that it led to, and with the last click of a burst. Returns are taken out first.
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
{%- set in_order = 'touched_at, touchpoint_id' %}
with

persons as (

    select * from {{ ref('assisted_conversions', 'int_continuing_persons') }}
    where {{ is_changed('person_id') }}

),

touches as (

    select
        touches.touchpoint_id,
        touches.person_id,
        touches.touch_type,
        touches.channel,
        touches.source,
        touches.medium,
        touches.campaign,
        touches.is_return,
        touches.touched_at
    from {{ ref('assisted_conversions', 'int_person_touches') }} as touches
    inner join persons
        on touches.person_id = persons.person_id
    where touches.touch_type in ('session', 'email_click')

),

with_previous_session as (

    select
        *,
        lag(touched_at) over (
            partition by person_id, touch_type
            order by {{ in_order }}
        ) as previous_touched_at
    from touches

),

-- The previous session counts whether it is a return itself or not.
with_returns as (

    select
        *,
        is_return
        and {{ setting('return_minutes') }} > 0
        and coalesce(
            {{ seconds_between('previous_touched_at', 'touched_at') }}
            <= {{ setting('return_minutes') }} * 60,
            false
        ) as is_continued_return
    from with_previous_session

),

with_next_touches as (

    select
        *,
        min(case when touch_type = 'session' then touched_at end) over (
            partition by person_id, channel
            order by {{ in_order }}
            rows between 1 following and unbounded following
        ) as next_session_at,
        lead(touched_at) over (
            partition by person_id, touch_type, source, medium, campaign
            order by {{ in_order }}
        ) as next_click_at
    from with_returns
    where not is_continued_return

),

final as (

    select
        touchpoint_id,
        person_id
    from with_returns
    where is_continued_return
    union all
    select
        touchpoint_id,
        person_id
    from with_next_touches
    where
        touch_type = 'email_click'
        and {{ setting('click_merge_minutes') }} > 0
        and {{ seconds_between(
            'touched_at',
            'least(coalesce(next_session_at, next_click_at), coalesce(next_click_at, next_session_at))'
        ) }}
        <= {{ setting('click_merge_minutes') }} * 60

)

select * from final
