-- Grain: one row per session, erased or not.
-- Of several rows of one session the last loaded counts. Persons are formed from these rows;
-- stg_sessions leaves out the erased ones.
{%- set columns = [
    'session_id', 'visitor_key', 'user_key', 'email_key', 'traffic_key', 'touch_hash',
    'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term', 'traffic_evidence',
    'click_parameter', 'click_key', 'referrer_host', 'landing_page', 'device_type', 'country',
    'consent_state', 'engaged_seconds', 'page_views', 'is_own_site', 'is_bot', 'is_internal',
    'started_at', 'ended_at', 'loaded_at'
] %}
with

sessions as (

    select * from {{ ref('assisted_conversions', 'base_sessions_parsed') }}
    where reject_reason is null

),

repeated_sessions as (

    select * from {{ ref('assisted_conversions', 'base_repeated_sessions') }}

),

repeated_numbers as (

    select distinct session_number
    from {{ ref('assisted_conversions', 'base_repeated_sessions') }}

),

final as (

    select
        {{ prefixed('sessions', columns) | indent(8) }},
        0 as removed_duplicates
    from sessions
    left join repeated_numbers
        on sessions.session_number = repeated_numbers.session_number
    where repeated_numbers.session_number is null
    union all
    select
        {{ columns | join(', ') | indent(8) }},
        removed_duplicates
    from repeated_sessions
    where duplicate_rank = 1

)

select * from final
