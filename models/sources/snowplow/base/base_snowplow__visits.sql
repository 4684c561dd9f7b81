-- Grain: one row per visit, with at least one page view.
{{ config(enabled=adapter_is_on('snowplow'), materialized='table') }}
{%- set app_ids = adapter_setting('snowplow', 'app_ids') %}
{%- set events -%}
select
    event_id,
    domain_sessionid as session_id,
    domain_userid as visitor_id,
    user_id,
    event = 'page_view' as is_page_view,
    -- While a page is read the tracker pings; pings of two tabs in one interval are one.
    case
        when event = 'page_ping'
            then floor({{ seconds_between(
                'cast(' ~ quote_text('2000-01-01 00:00:00') ~ ' as ' ~ timestamp_type() ~ ')',
                'coalesce(derived_tstamp, collector_tstamp)'
            ) }} / {{ adapter_setting('snowplow', 'heartbeat_seconds') }})
    end as read_interval,
    coalesce(derived_tstamp, collector_tstamp) as occurred_at,
    coalesce(load_tstamp, collector_tstamp) as loaded_at,
    page_url as landing_url,
    page_referrer as referrer_url,
    mkt_source as utm_source,
    mkt_medium as utm_medium,
    mkt_campaign as utm_campaign,
    mkt_content as utm_content,
    mkt_term as utm_term,
    case
        when lower(dvce_type) = 'computer' then 'desktop'
        when lower(dvce_type) in ('mobile', 'tablet') then lower(dvce_type)
        when lower(dvce_type) != 'unknown' then 'other'
    end as device_type,
    geo_country as country,
    useragent as user_agent
from {{ first_rows(
    ref('assisted_conversions', 'base_snowplow__events'), 'event_id', 'collector_tstamp'
) }} as events
where domain_sessionid is not null
{%- if app_ids %}
    and app_id in ({{ quoted_list(app_ids) }})
{%- endif %}
{%- endset -%}
{{ visits_of_events(
    events,
    ['session_id'],
    'session_id',
    ['landing_url', 'referrer_url'] + utm_fields() + ['device_type', 'country', 'user_agent'],
    'count(distinct read_interval) * ' ~ adapter_setting('snowplow', 'heartbeat_seconds')
) }}
