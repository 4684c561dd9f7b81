-- Grain: one row per session or interaction that may be on a path, with its person and channel.
-- Bots, internal traffic and touches without consent are left out. Unengaged sessions are flagged.
{{ config(materialized='ephemeral') }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_identified_touches') }}
    where
        not is_bot
        and not is_internal
        {%- if setting('require_consent') %}
        and consent_state = 'granted'
        {%- else %}
        and consent_state != 'denied'
        {%- endif %}

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

final as (

    select
        touches.touchpoint_id,
        touches.person_id,

        touches.touch_type,
        traffic_sources.channel,
        channels.funnel_stage,
        traffic_sources.source,
        traffic_sources.medium,
        traffic_sources.campaign,
        touches.content,
        touches.term,
        touches.landing_page,
        traffic_sources.traffic_evidence,
        touches.device_type,
        touches.country,

        coalesce(interaction_types.is_view, false) as is_view,
        touches.is_engaged,
        coalesce(channels.is_paid, false) as is_paid,
        coalesce(channels.is_direct, false) as is_direct,
        touches.touch_type = 'session'
        and coalesce(traffic_sources.has_excluded_referrer, false) as is_return,

        touches.touched_at,
        touches.ended_at
    from touches
    inner join traffic_sources
        on touches.traffic_key = traffic_sources.traffic_key
    left join channels
        on traffic_sources.channel = channels.channel
    left join interaction_types
        on touches.touch_type = interaction_types.interaction_type

)

select * from final
