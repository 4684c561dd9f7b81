-- Grain: one row per visit, with at least one page view or screen of an app.
{{ config(enabled=adapter_is_on('posthog'), materialized='table') }}
{%- set events -%}
select
    properties.uuid as event_id,
    properties.session_id,
    {{ posthog_visitor() | indent(4) }} as visitor_id,
    {{ posthog_user() | indent(4) }} as user_id,
    properties.event in ('$pageview', '$screen') as is_page_view,
    properties.occurred_at,
    properties.loaded_at,
    properties.page_url as landing_url,
    -- The library keeps $referrer as long as a tab is open, for later visits too.
    nullif(coalesce(properties.entry_referrer, properties.referrer), '$direct') as referrer_url,
    case
        when lower(properties.device_type) in ('desktop', 'mobile', 'tablet')
            then lower(properties.device_type)
        when properties.device_type is not null then 'other'
    end as device_type,
    properties.country,
    properties.user_agent
from {{ ref('assisted_conversions', 'base_posthog__properties') }} as properties
left join {{ ref('assisted_conversions', 'int_posthog__browsers') }} as browsers
    on properties.distinct_id = browsers.browser_id
where properties.session_id is not null
{%- endset -%}
{{ visits_of_events(
    events,
    ['session_id'],
    'session_id',
    ['landing_url', 'referrer_url', 'device_type', 'country', 'user_agent'],
    seconds_between('min(occurred_at)', 'max(occurred_at)')
) }}
