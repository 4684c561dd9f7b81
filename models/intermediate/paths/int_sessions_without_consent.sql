-- Grain: one row per session of a person that lack of consent keeps from being a touchpoint.
{%- set lacks_consent = "sessions.consent_state != 'granted'" if setting('require_consent')
    else "sessions.consent_state = 'denied'" %}
with

sessions as (

    select * from {{ ref('assisted_conversions', 'stg_sessions') }}

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

with_key as (

    select
        'session:' || sessions.session_id as touchpoint_id,
        {{ leading_identity_key('sessions') | indent(8) }} as identity_key,
        sessions.device_type,
        sessions.country,
        sessions.consent_state = 'denied' as is_denied,
        sessions.started_at as touched_at
    from sessions
    {{- join_shared_keys('sessions', 'shared_keys') }}
    where
        {{ lacks_consent }}
        and not sessions.is_bot
        and not sessions.is_internal

),

final as (

    select
        with_key.touchpoint_id,
        coalesce(
            shared_device_rows.person_id, persons.person_id, with_key.identity_key
        ) as person_id,
        with_key.device_type,
        with_key.country,
        with_key.is_denied,
        with_key.touched_at
    from with_key
    left join persons
        on with_key.identity_key = persons.identity_key
    left join shared_device_rows
        on with_key.touchpoint_id = shared_device_rows.row_name

)

select * from final
