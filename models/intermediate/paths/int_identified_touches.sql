-- Grain: one row per session or interaction that is not erased, with its person.
-- Also bots, internal traffic and touches without consent: int_person_touches leaves them out.
{{ config(materialized='view') }}
with

sessions as (

    select * from {{ ref('assisted_conversions', 'stg_sessions') }}

),

interactions as (

    select * from {{ ref('assisted_conversions', 'stg_interactions') }}

),

shared_keys as (

    select * from {{ ref('assisted_conversions', 'int_shared_keys') }}

),

persons as (

    select * from {{ ref('assisted_conversions', 'int_identity_persons') }}

),

shared_device_rows as (

    select * from {{ ref('assisted_conversions', 'int_shared_device_rows') }}

),

touches as (

    select
        'session:' || session_id as touchpoint_id,
        visitor_key,
        user_key,
        email_key,
        traffic_key,
        touch_hash,
        'session' as touch_type,
        consent_state,
        utm_content as content,
        utm_term as term,
        landing_page,
        device_type,
        country,
        is_bot,
        is_internal,
        {{ is_engaged('engaged_seconds', 'page_views') }} as is_engaged,
        started_at as touched_at,
        ended_at
    from sessions
    union all
    select
        'interaction:' || interaction_id as touchpoint_id,
        visitor_key,
        user_key,
        email_key,
        traffic_key,
        {{ row_hash([
            'interaction_id', 'interaction_type', 'utm_content', 'utm_term', 'consent_state',
            'is_bot', 'touched_at',
        ]) }} as touch_hash,
        interaction_type as touch_type,
        consent_state,
        utm_content as content,
        utm_term as term,
        null as landing_page,
        null as device_type,
        null as country,
        is_bot,
        false as is_internal,
        true as is_engaged,
        touched_at,
        touched_at as ended_at
    from interactions

),

with_identity_key as (

    select
        touches.*,
        {{ leading_identity_key('touches') | indent(8) }} as identity_key
    from touches
    {{- join_shared_keys('touches', 'shared_keys') }}

),

-- A row without user or address on a shared device leaves with a person who is erased.
final as (

    select
        touches.touchpoint_id,
        touches.traffic_key,
        touches.touch_hash,
        touches.touch_type,
        touches.consent_state,
        touches.content,
        touches.term,
        touches.landing_page,
        touches.device_type,
        touches.country,
        touches.is_bot,
        touches.is_internal,
        touches.is_engaged,
        touches.touched_at,
        touches.ended_at,
        coalesce(
            shared_device_rows.person_id, persons.person_id, touches.identity_key
        ) as person_id
    from with_identity_key as touches
    left join persons
        on touches.identity_key = persons.identity_key
    left join shared_device_rows
        on touches.touchpoint_id = shared_device_rows.row_name
    where not coalesce(shared_device_rows.is_erased, false)

)

select * from final
