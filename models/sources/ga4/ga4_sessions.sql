-- Grain: one row per session, whatever days it is on. Events without an id of visitor and session
-- are of none, as those without consent to storage.
{{ config(enabled=adapter_is_on('ga4'), materialized='table') }}
{%- set text = dbt.type_string() %}
{%- set evidence = [
    'page_location', 'page_referrer', 'source', 'medium', 'campaign', 'content', 'term', 'gclid',
    'dclid', 'srsltid', 'google_ads_campaign', 'device_category',
] %}
{%- set origin = "'[?&](utm_[a-z]+|[gd]clid|[gw]braid)='" %}
with

-- A page view that was sent before consent is of no session. So a visit begins with its first
-- event that is a page view or tells where the visitor comes from: by tags, a click on an ad, or a
-- page of another site.
events as (

    select
        *,
        case
            when is_page_view then 0
            when coalesce(source, medium, campaign, gclid, dclid) is not null then 0
            when {{ regexp_contains('page_location', origin) }} then 0
            when
                {{ text_part('page_location', "'/'", 3) }}
                != {{ text_part('page_referrer', "'/'", 3) }}
                then 0
            else 1
        end as beginning_rank
    from {{ ref('assisted_conversions', 'ga4_events') }}

),

sessions as (

    select
        session_id,
        user_pseudo_id,
        -- A session in which two persons were logged in is of neither.
        case when min(user_id) = max(user_id) then max(user_id) end as user_id,
        min(event_timestamp) as first_timestamp,
        max(event_timestamp) as last_timestamp,
        count(case when is_page_view then 1 end) as page_views,
        sum(engagement_time_msec) as engagement_time_msec,
        max(case when is_internal then 1 else 0 end) = 1 as is_internal,
        case
            when max(case when analytics_storage = 'No' then 1 end) = 1 then 'denied'
            when max(case when analytics_storage = 'Yes' then 1 end) = 1 then 'granted'
        end as consent_state,
        -- Events that are sent together have one timestamp.
        {{ first_struct(zip(evidence, evidence) | list, [
            'beginning_rank',
            'event_timestamp',
            'case when is_page_view then 0 else 1 end',
            'coalesce(batch_page_id, 0)',
            'coalesce(batch_ordering_id, 0)',
            'coalesce(batch_event_index, 0)',
            "coalesce(page_location, '')",
            "coalesce(source, '')",
            "coalesce(gclid, '')",
        ]) | indent(8) }} as beginning
    from events
    group by session_id, user_pseudo_id
    -- As a filter of events, the nested id would be looked up twice.
    having count(session_id) > 0

),

with_evidence_fields as (

    select
        *,
        {%- for column in evidence %}
        {{ struct_field('beginning', column) }} as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from sessions

),

-- A landing page that a redirect has cleaned still has its click id beside the URL.
with_lost_parameters as (

    select
        *,
        {%- for parameter in ['gclid', 'dclid', 'srsltid'] %}
        case
            when {{ parameter }} is not null
                and not {{ text_contains("coalesce(page_location, '')", "'" ~ parameter ~ "='") }}
                then '&{{ parameter }}=' || {{ parameter }}
            else ''
        end
        {{- ' ||' if not loop.last else ' as lost_parameters,' }}
        {%- endfor %}
        {{ text_part("coalesce(page_location, '')", "'#'", 1) }} as page_without_fragment,
        gclid is not null
        or dclid is not null
        or coalesce(
            {{ regexp_contains('page_location', "'[?&](gclid|gbraid|wbraid|dclid)='") }}, false
        ) as has_click_id
    from with_evidence_fields

),

with_evidence as (

    select
        *,
        case
            when lost_parameters = '' then page_location
            when {{ text_contains('page_without_fragment', "'?'") }}
                then page_without_fragment || lost_parameters
                || substr(page_location, length(page_without_fragment) + 1)
            else page_without_fragment || '?' || substr(lost_parameters, 2)
                || coalesce(substr(page_location, length(page_without_fragment) + 1), '')
        end as landing_url,
        -- GA4 takes these from the referrer, and for sessions with a click id mistakenly.
        coalesce(medium in ('organic', 'referral'), false)
        and (has_click_id or page_referrer is not null) as is_from_referrer
    from with_lost_parameters

),

final as (

    select
        session_id,
        user_pseudo_id as visitor_id,
        user_id,
        {{ time_of_digits('cast(first_timestamp as ' ~ text ~ ')') }} as started_at,
        {{ time_of_digits('cast(last_timestamp as ' ~ text ~ ')') }} as ended_at,
        {{ as_double('engagement_time_msec') }} / 1000 as engaged_seconds,
        page_views,
        landing_url,
        page_referrer as referrer_url,
        case when not is_from_referrer then source end as utm_source,
        case when not is_from_referrer then medium end as utm_medium,
        coalesce(campaign, case when has_click_id then google_ads_campaign end) as utm_campaign,
        content as utm_content,
        term as utm_term,
        case
            when device_category in ('desktop', 'mobile', 'tablet') then device_category
            when device_category is not null then 'other'
        end as device_type,
        is_internal,
        consent_state
    from with_evidence

)

select * from final
