-- Grain: one row per touchpoint: a session or interaction that may stand on a path.
-- Bots, internal traffic and touches without consent leave here; unengaged sessions stay, flagged.
{{ rebuilt_by('person_id', 'int_changed_persons') }}
{%- set keys = ['visitor_key', 'user_key', 'email_key'] %}
with

sessions as (

    select * from {{ ref('stg_sessions') }}
    where {{ is_changed(keys, 'int_changed_keys', 'identity_key') }}

),

interactions as (

    select * from {{ ref('stg_interactions') }}
    where {{ is_changed(keys, 'int_changed_keys', 'identity_key') }}

),

shared_keys as (

    select * from {{ ref('int_shared_keys') }}

),

persons as (

    select * from {{ ref('int_identity_persons') }}

),

traffic_sources as (

    select * from {{ ref('int_traffic_sources') }}

),

channels as (

    select * from {{ ref('channels') }}

),

touches as (

    select
        'session:' || session_id as touchpoint_id,
        user_key,
        email_key,
        visitor_key,
        'session' as touch_type,
        consent_state,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        coalesce({{ utm_fields() | join(', ') }}) is not null as has_utm,
        click_parameters,
        referrer_host,
        cast(null as {{ dbt.type_string() }}) as interaction_type,
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
        'interaction:' || interaction_id as touchpoint_id,
        user_key,
        email_key,
        visitor_key,
        interaction_type as touch_type,
        consent_state,
        {{ utm_fields() | join(', ') }},
        coalesce(utm_source, utm_medium) is not null as has_utm,
        null as click_parameters,
        null as referrer_host,
        case when coalesce(utm_source, utm_medium) is null then interaction_type end
            as interaction_type,
        null as landing_page,
        null as device_type,
        null as country,
        interaction_type in ('impression', 'email_open') as is_view,
        true as is_engaged,
        touched_at,
        touched_at as ended_at
    from interactions

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
        coalesce(persons.person_id, consented.identity_key) as person_id,

        consented.touch_type,
        traffic_sources.channel,
        channels.funnel_stage,
        traffic_sources.source,
        traffic_sources.medium,
        traffic_sources.campaign,
        consented.utm_content as content,
        consented.utm_term as term,
        consented.landing_page,
        traffic_sources.traffic_evidence,
        consented.device_type,
        consented.country,

        consented.is_view,
        consented.is_engaged,
        coalesce(channels.is_direct, false) as is_direct,

        consented.touched_at,
        consented.ended_at
    from consented
    left join persons
        on consented.identity_key = persons.identity_key
    inner join traffic_sources
        on
            {{ same_values('consented', 'traffic_sources', [
                'utm_source', 'utm_medium', 'utm_campaign', 'has_utm', 'click_parameters',
                'referrer_host', 'interaction_type',
            ]) | indent(12) }}
    left join channels
        on traffic_sources.channel = channels.channel
    where {{ is_changed(
        'coalesce(persons.person_id, consented.identity_key)', 'int_changed_persons', 'person_id'
    ) }}

)

select * from final
