-- Grain: one row per session.
-- Of several rows of one session the last loaded counts. Bots, internal traffic and sessions
-- without consent are kept and flagged: they still link identities and are counted.
{{ config(materialized='view') }}
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
    where
        reject_reason is null
        and not {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(8) }}

),

repeated_sessions as (

    select * from {{ ref('assisted_conversions', 'base_repeated_sessions') }}

),

repeated_numbers as (

    select distinct session_number
    from {{ ref('assisted_conversions', 'base_repeated_sessions') }}

),

ad_clicks as (

    select
        {%- for field in utm_fields() %}
        {{ field }},
        {%- endfor %}
        {{ row_hash(['parameter', 'click_id']) }} as click_key
    from {{ ref('assisted_conversions', 'stg_ad_clicks') }}

),

kept_sessions as (

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

),

-- What the tags leave null, the ad platform may know of the click.
with_ad_click as (

    select
        sessions.* {{ except_columns(utm_fields()) }},
        {%- for field in utm_fields() %}
        coalesce(sessions.{{ field }}, ad_clicks.{{ field }}) as {{ field }},
        {%- endfor %}
        ad_clicks.click_key is not null as has_ad_click
    from kept_sessions as sessions
    left join ad_clicks
        on sessions.click_key = ad_clicks.click_key

),

final as (

    select
        * {{ except_columns(['traffic_key', 'touch_hash', 'click_key', 'has_ad_click']) }},
        case
            when has_ad_click then {{ traffic_key(
                'utm_source', 'utm_medium', 'utm_campaign', 'traffic_evidence', 'click_parameter'
            ) | indent(16) }}
            else traffic_key
        end as traffic_key,
        case
            when has_ad_click then {{ row_hash(['touch_hash', 'utm_content', 'utm_term']) }}
            else touch_hash
        end as touch_hash
    from with_ad_click

)

select * from final
