-- Grain: one row per row of the raw table sessions, usable or not.
-- All that is taken out of URLs and user agents is taken out once; stg_sessions picks the rows that
-- count.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('raw_part') }}",
    on_schema_change='sync_all_columns',
    post_hook="{{ assisted_conversions.delete_what_is_too_old(this, 'started_at') }}"
) }}
{%- set all_sessions = ref('assisted_conversions', 'base_sessions_tagged') %}
{%- set changed = is_changed('raw_part') ~ ' and ' ~ may_be_of_changed_part(all_sessions) %}
{%- set files = rows_of_files('sessions') %}
{%- set tagged_files = '(' ~ tagged_sessions(files) ~ ') as tagged_files' %}
{%- set erasures = ref('assisted_conversions', 'stg_erasure_requests') %}
{%- set identity_keys = ['visitor_key', 'user_key', 'email_key'] %}
{%- set is_kept = 'coalesce(' ~ identity_keys | join('_erasures.identity_key, ')
    ~ '_erasures.identity_key) is null' %}
{%- set bot_patterns = rule_rows('bot_patterns', ['pattern'], 'pattern') %}
with

sessions as (

    select * from {{ tagged_files if files else all_sessions }}
    where {{ changed }}

),

-- Many sessions share a user agent: each distinct one is matched once. (A condition on the group,
-- since Postgres would match every row if it could.)
bot_user_agents as (

    select user_agent
    from {{ files or all_sessions }}
    where {{ changed }}
    group by user_agent
    having case when count(*) > 0 then {{ is_bot_agent(
        'user_agent', bot_patterns | map(attribute='pattern') | list
    ) }} end

),

-- The referrer only counts without tag and click id.
with_hosts as (

    select
        *,
        case when traffic_evidence is null then {{ referrer_host('referrer_url') | indent(8) }} end
            as referrer_host,
        case
            when traffic_evidence is not null or referrer_url is null then null
            when plain_page is not null then {{ text_part('plain_page', "'/'", 1) }}
            else {{ url_host('landing_url') | indent(16) }}
        end as landing_host,
        case when ended_at >= started_at then ended_at end as known_ended_at
    from sessions
    {{ end_of_step() }}

),

with_site as (

    select
        *,
        {{ is_same_site('landing_host', 'referrer_host') | indent(8) }} as is_own_site
    from with_hosts
    {{ end_of_step() }}

),

final as (

    select
        parsed.session_id,
        {%- for key in identity_keys %}
        coalesce({{ key }}_erasures.identity_key, parsed.{{ key }}) as {{ key }},
        {%- endfor %}
        -- Audits name few rows, and the key of each would be a tenth of the table.
        case
            when
                (parsed.reject_reason is not null or parsed.ignored_values is not null)
                and {{ is_kept }}
                then parsed.row_key
        end as row_key,
        {{ row_hash(['parsed.session_id']) }} as session_number,
        {{ traffic_key(
            'parsed.utm_source', 'parsed.utm_medium', 'parsed.utm_campaign',
            'parsed.traffic_evidence', 'parsed.click_parameter', 'parsed.referrer_host',
            'parsed.is_own_site'
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
        parsed.traffic_evidence,
        parsed.click_parameter,
        parsed.click_key,
        parsed.referrer_host,
        {{ landing_page('parsed.landing_url', 'parsed.plain_page') | indent(8) }} as landing_page,
        parsed.device_type,
        parsed.country,
        parsed.consent_state,
        parsed.reject_reason,
        case when {{ is_kept }} then parsed.raw_record end as raw_record,
        case when {{ is_kept }} then parsed.ignored_values end as ignored_values,
        coalesce(
            parsed.engaged_seconds,
            {{ seconds_between('parsed.started_at', 'parsed.known_ended_at') }}
        ) as engaged_seconds,
        parsed.page_views,
        parsed.is_own_site,
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
    from with_site as parsed
    left join bot_user_agents
        on parsed.user_agent = bot_user_agents.user_agent
    {{- join_erasures('parsed', identity_keys, erasures) }}

)

select * from final
