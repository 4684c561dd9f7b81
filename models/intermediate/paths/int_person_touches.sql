-- Grain: one row per session or interaction that may be on a path, with its person.
-- Bots, internal traffic and touches without consent are left out. Unengaged sessions are flagged.
{{ config(materialized='ephemeral') }}
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

traffic_sources as (

    select * from {{ ref('assisted_conversions', 'int_traffic_sources') }}

),

channels as (

    select * from {{ rule('channels') }}

),

interaction_types as (

    select * from {{ rule('interaction_types') }}

),

touches as (

    select
        'session:' || session_id as touchpoint_id,
        visitor_key,
        user_key,
        email_key,
        traffic_key,
        'session' as touch_type,
        consent_state,
        utm_content as content,
        utm_term as term,
        landing_page,
        device_type,
        country,
        false as is_view,
        {{ is_engaged('engaged_seconds', 'page_views') }} as is_engaged,
        started_at as touched_at,
        ended_at
    from sessions
    where
        not is_bot
        and not is_internal
    union all
    select
        'interaction:' || interactions.interaction_id as touchpoint_id,
        interactions.visitor_key,
        interactions.user_key,
        interactions.email_key,
        interactions.traffic_key,
        interactions.interaction_type as touch_type,
        interactions.consent_state,
        interactions.utm_content as content,
        interactions.utm_term as term,
        null as landing_page,
        null as device_type,
        null as country,
        interaction_types.is_view,
        true as is_engaged,
        interactions.touched_at,
        interactions.touched_at as ended_at
    from interactions
    inner join interaction_types
        on interactions.interaction_type = interaction_types.interaction_type
    where not interactions.is_bot

),

consented as (

    select
        touches.*,
        {{ leading_identity_key('touches') | indent(8) }} as identity_key
    from touches
    {{- join_shared_keys('touches', 'shared_keys') }}
    where
        {%- if setting('require_consent') %}
        touches.consent_state = 'granted'
        {%- else %}
        touches.consent_state != 'denied'
        {%- endif %}

),

final as (

    select
        consented.touchpoint_id,
        coalesce(
            shared_device_rows.person_id, persons.person_id, consented.identity_key
        ) as person_id,

        consented.touch_type,
        traffic_sources.channel,
        channels.funnel_stage,
        traffic_sources.source,
        traffic_sources.medium,
        traffic_sources.campaign,
        consented.content,
        consented.term,
        consented.landing_page,
        traffic_sources.traffic_evidence,
        consented.device_type,
        consented.country,

        consented.is_view,
        consented.is_engaged,
        coalesce(channels.is_paid, false) as is_paid,
        coalesce(channels.is_direct, false) as is_direct,
        consented.touch_type = 'session'
        and coalesce(traffic_sources.has_excluded_referrer, false) as is_return,

        consented.touched_at,
        consented.ended_at
    from consented
    left join persons
        on consented.identity_key = persons.identity_key
    left join shared_device_rows
        on consented.touchpoint_id = shared_device_rows.row_name
    inner join traffic_sources
        on consented.traffic_key = traffic_sources.traffic_key
    left join channels
        on traffic_sources.channel = channels.channel

)

select * from final
