-- Grain: one row per session.
-- Bots, internal traffic and denied consent stay, flagged: they link identities, and are counted.
with

sessions as (

    {{ latest_rows(
        ref('base_sessions'),
        ['session_id'],
        'coalesce(loaded_at, started_at) desc, started_at desc, raw_record desc'
    ) | indent(4) }}

),

bot_patterns as (

    select * from {{ ref('bot_patterns') }}

),

-- User agents repeat a lot: each is matched once.
bot_user_agents as (

    select distinct user_agents.user_agent
    from (select distinct user_agent from {{ ref('base_sessions') }}) as user_agents
    inner join bot_patterns
        on {{ regexp_contains('user_agents.user_agent', "'(?i)' || bot_patterns.pattern") }}

),

parsed as (

    select
        *,
        {{ url_query('landing_url') }} as landing_query,
        {{ url_host('referrer_url') }} as referrer_host
    from sessions
    where duplicate_rank = 1

),

tagged as (

    select
        *,
        {%- for field in ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term'] %}
        {{ resolved_utm(field, 'landing_query') | indent(8) }} as resolved_{{ field }},
        {%- endfor %}
        case when ended_at >= started_at then ended_at end as known_ended_at
    from parsed

),

flagged as (

    select
        *,
        coalesce(
            resolved_utm_source,
            resolved_utm_medium,
            resolved_utm_campaign,
            resolved_utm_content,
            resolved_utm_term
        ) is not null as has_utm
    from tagged

),

final as (

    select
        flagged.session_id,
        flagged.visitor_key,
        flagged.user_key,
        flagged.email_key,

        flagged.resolved_utm_source as utm_source,
        flagged.resolved_utm_medium as utm_medium,
        flagged.resolved_utm_campaign as utm_campaign,
        flagged.resolved_utm_content as utm_content,
        flagged.resolved_utm_term as utm_term,
        {{ landing_page('flagged.landing_url') | indent(8) }} as landing_page,
        flagged.device_type,
        flagged.country,
        flagged.consent_state,

        coalesce(
            flagged.engaged_seconds,
            {{ seconds_between('flagged.started_at', 'flagged.known_ended_at') }}
        ) as engaged_seconds,
        flagged.page_views,
        flagged.removed_duplicates,

        coalesce(flagged.is_bot, false) or bot_user_agents.user_agent is not null as is_bot,
        coalesce(flagged.is_internal, false) as is_internal,

        flagged.started_at,
        coalesce(
            flagged.known_ended_at,
            {{ add_seconds('flagged.started_at', 'flagged.engaged_seconds') }},
            flagged.started_at
        ) as ended_at,
        coalesce(flagged.loaded_at, flagged.started_at) as loaded_at,

        case when flagged.has_utm then null else flagged.referrer_host end as referrer_host,
        case
            when not flagged.has_utm
                then {{ regexp_all('flagged.landing_query', "'(?:^|&)([^=&]+)=[^&]'", 1) }}
        end as click_parameters
    from flagged
    left join bot_user_agents
        on flagged.user_agent = bot_user_agents.user_agent

)

select * from final
