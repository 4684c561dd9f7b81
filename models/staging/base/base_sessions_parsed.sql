-- Grain: one row per row of the raw table sessions, usable or not.
-- Tags and hosts are taken out of URLs here, once; stg_sessions picks the rows that count.
{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    unique_key='raw_part',
    on_schema_change='sync_all_columns'
) }}
{%- set view = ref('assisted_conversions', 'base_sessions') %}
{%- set changed = is_changed('raw_part') ~ ' and ' ~ may_be_of_changed_part(view) %}
{%- set sessions = rows_of_changed_files('sessions') or view %}
{%- set tag = 'coalesce(' ~ utm_fields() | join(', ') ~ ')' %}
with

sessions as (

    select * from {{ sessions }}
    where {{ changed }}

),

bot_patterns as (

    select * from {{ rule('bot_patterns') }}

),

-- Many sessions share a user agent: each distinct one is matched once.
bot_user_agents as (

    select distinct user_agents.user_agent
    from (
        select distinct user_agent from {{ sessions }} where {{ changed }}
    ) as user_agents
    inner join bot_patterns
        on {{ regexp_contains('user_agents.user_agent', "'(?i)' || bot_patterns.pattern") }}

),

with_query as (

    select
        *,
        {{ plain_page('landing_url') }} as plain_page,
        {{ url_query('landing_url') }} as landing_query,
        case when ended_at >= started_at then ended_at end as known_ended_at
    from sessions

),

-- Parameters are cut out, decoded and cleaned one step at a time, so that no text is read twice.
with_parameters as (

    select
        *,
        {%- for field in utm_fields() %}
        {{ url_parameter('landing_query', field) }} as url_{{ field }}{{ ',' if not loop.last }}
        {%- endfor %}
    from with_query

),

with_decoded_parameters as (

    select
        *,
        {%- for field in utm_fields() %}
        {{ decoded_utm('url_' ~ field) | indent(8) }} as decoded_{{ field }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from with_parameters

),

with_tags as (

    select
        * {{ except_columns(utm_fields()) }},
        {%- for field in utm_fields() %}
        coalesce({{ field }}, {{ published_utm('decoded_' ~ field) | indent(8) }}) as {{ field }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from with_decoded_parameters

),

-- A tag decides alone: click ids and the referrer are dropped.
with_evidence as (

    select
        *,
        {{ tag }} is not null as has_utm,
        case when {{ tag }} is null then {{ url_host('referrer_url') }} end as referrer_host,
        case
            when {{ tag }} is null
                then {{ regexp_all('landing_query', "'(?:^|&)([^=&]+)=[^&]'", 1) }}
        end as click_parameters
    from with_tags

),

final as (

    select
        parsed.session_id,
        parsed.visitor_key,
        parsed.user_key,
        parsed.email_key,
        parsed.row_key,
        {{ row_hash(['parsed.session_id']) }} as session_number,
        {{ traffic_key(
            'parsed.utm_source', 'parsed.utm_medium', 'parsed.utm_campaign', 'parsed.has_utm',
            'parsed.click_parameters', 'parsed.referrer_host'
        ) }} as traffic_key,
        -- A change of any of these changes the touch.
        {{ row_hash([
            'parsed.session_id', 'parsed.utm_content', 'parsed.utm_term', 'parsed.landing_url',
            'parsed.device_type', 'parsed.country', 'parsed.consent_state',
            'parsed.engaged_seconds', 'parsed.page_views', 'parsed.is_bot', 'parsed.is_internal',
            'bot_user_agents.user_agent', 'parsed.started_at', 'parsed.ended_at',
        ]) }} as touch_hash,
        parsed.utm_source,
        parsed.utm_medium,
        parsed.utm_campaign,
        parsed.utm_content,
        parsed.utm_term,
        parsed.referrer_host,
        parsed.click_parameters,
        {{ landing_page('parsed.landing_url', 'parsed.plain_page') | indent(8) }} as landing_page,
        parsed.device_type,
        parsed.country,
        parsed.consent_state,
        parsed.reject_reason,
        parsed.raw_record,
        parsed.ignored_values,
        coalesce(
            parsed.engaged_seconds,
            {{ seconds_between('parsed.started_at', 'parsed.known_ended_at') }}
        ) as engaged_seconds,
        parsed.page_views,
        parsed.has_utm,
        coalesce(parsed.is_bot, false) or bot_user_agents.user_agent is not null as is_bot,
        coalesce(parsed.is_internal, false) as is_internal,

        parsed.started_at,
        coalesce(
            parsed.known_ended_at,
            {{ add_seconds('parsed.started_at', 'parsed.engaged_seconds') }},
            parsed.started_at
        ) as ended_at,
        coalesce(parsed.loaded_at, parsed.started_at) as loaded_at,
        parsed.raw_part
    from with_evidence as parsed
    left join bot_user_agents
        on parsed.user_agent = bot_user_agents.user_agent

)

select * from final
