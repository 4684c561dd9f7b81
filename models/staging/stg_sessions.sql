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
        sessions.* {{ except_columns(utm_fields()) }},
        {%- for field in utm_fields() %}
        coalesce(sessions.{{ field }}, ad_clicks.{{ field }}) as {{ field }},
        {%- endfor %}
        ad_clicks.click_key is not null as has_ad_click
    from sessions
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
