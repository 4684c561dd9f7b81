-- Grain: one row per session.
-- Bots, internal traffic and denied consent stay, flagged: they link identities, and are counted.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('session_id', 'base_changed_sessions') }}
with

sessions as (

    {{ latest_rows(
        ref('base_sessions'),
        ['session_id'],
        [
            'coalesce(loaded_at, started_at) desc', 'started_at desc',
            'visitor_key', 'user_key', 'email_key', 'landing_url', 'referrer_url',
            'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term',
            'device_type', 'country', 'user_agent', 'consent_state',
            'ended_at', 'engaged_seconds', 'page_views', 'is_bot', 'is_internal',
        ],
        is_changed('session_id', 'base_changed_sessions', 'session_id')
        ~ ' and ' ~ is_changed('loaded_on', 'base_changed_sessions', 'loaded_on')
    ) | indent(4) }}

),

bot_patterns as (

    select * from {{ ref('bot_patterns') }}

),

-- User agents repeat a lot: each is matched once.
bot_user_agents as (

    select distinct user_agents.user_agent
    from (
        select distinct user_agent
        from {{ ref('base_sessions') }}
        where {{ is_changed('loaded_on', 'base_changed_sessions', 'loaded_on') }}
    ) as user_agents
    inner join bot_patterns
        on {{ regexp_contains('user_agents.user_agent', "'(?i)' || bot_patterns.pattern") }}

),

parsed as (

    select
        *,
        {{ plain_page('landing_url') }} as plain_page,
        {{ url_query('landing_url') }} as landing_query,
        case when ended_at >= started_at then ended_at end as known_ended_at
    from sessions
    where duplicate_rank = 1

),

-- The URL's parameters are cut out, decoded and cleaned in a step each: no text is read twice.
parameters as (

    select
        *,
        {%- for field in utm_fields() %}
        {{ url_parameter('landing_query', field) }} as url_{{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    from parsed

),

decoded as (

    select
        *,
        {%- for field in utm_fields() %}
        {{ decoded_utm('url_' ~ field) | indent(8) }} as decoded_{{ field }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from parameters

),

tagged as (

    select
        *,
        {%- for field in utm_fields() %}
        coalesce({{ field }}, {{ published_utm('decoded_' ~ field) | indent(8) }})
            as resolved_{{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    from decoded

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
        {{ landing_page('flagged.landing_url', 'flagged.plain_page') | indent(8) }} as landing_page,
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

        case when not flagged.has_utm then {{ url_host('flagged.referrer_url') | indent(8) }} end
            as referrer_host,
        case
            when not flagged.has_utm
                then {{ regexp_all('flagged.landing_query', "'(?:^|&)([^=&]+)=[^&]'", 1) }}
        end as click_parameters
    from flagged
    left join bot_user_agents
        on flagged.user_agent = bot_user_agents.user_agent

)

select * from final
