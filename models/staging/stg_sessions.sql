-- Grain: one row per session.
-- Bots, internal traffic and sessions without consent are kept and flagged: they still link
-- identities and are counted.
{{ config(materialized='view') }}
with

sessions as (

    select * from {{ ref('assisted_conversions', 'base_latest_sessions') }}
    where not {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(4) }}

),

ad_clicks as (

    select
        {%- for field in utm_fields() %}
        {{ field }},
        {%- endfor %}
        {{ row_hash(['parameter', 'click_id']) }} as click_key
    from {{ ref('assisted_conversions', 'stg_ad_clicks') }}

),

-- What the tags leave null, the ad platform may know of the click.
with_ad_click as (

    select
        sessions.*,
        {%- for field in utm_fields() %}
        coalesce(sessions.{{ field }}, ad_clicks.{{ field }}) as known_{{ field }},
        {%- endfor %}
        ad_clicks.click_key is not null as has_ad_click
    from sessions
    left join ad_clicks
        on sessions.click_key = ad_clicks.click_key

),

final as (

    select
        session_id,
        visitor_key,
        user_key,
        email_key,
        case
            when has_ad_click then {{ traffic_key(
                'known_utm_source', 'known_utm_medium', 'known_utm_campaign', 'traffic_evidence',
                'click_parameter'
            ) | indent(16) }}
            else traffic_key
        end as traffic_key,
        case
            when has_ad_click
                then {{ row_hash(['touch_hash', 'known_utm_content', 'known_utm_term']) }}
            else touch_hash
        end as touch_hash,

        {% for field in utm_fields() -%}
        known_{{ field }} as {{ field }},
        {% endfor -%}
        traffic_evidence,
        click_parameter,
        referrer_host,
        landing_page,
        device_type,
        country,
        consent_state,

        engaged_seconds,
        page_views,
        removed_duplicates,

        is_own_site,
        is_bot,
        is_internal,

        started_at,
        ended_at,
        loaded_at
    from with_ad_click

)

select * from final
