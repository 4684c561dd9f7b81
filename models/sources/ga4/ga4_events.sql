-- Grain: one row per event.
-- For a while after a day is over, its events are in the intraday shard too.
{{ config(enabled=adapter_is_on('ga4')) }}
{%- set internal_types = adapter_setting('ga4', 'internal_traffic_types') %}
with

intraday as (

    select * from {{ ref('assisted_conversions', 'base_ga4__events_intraday') }}

),

complete_days as (

    select * from {{ ref('assisted_conversions', 'int_ga4__complete_days') }}

),

events as (

    select * from {{ ref('assisted_conversions', 'base_ga4__events') }}
    union all
    select intraday.*
    from intraday
    left join complete_days
        on intraday.event_date = complete_days.event_date
    where complete_days.event_date is null

),

final as (

    select
        event_timestamp,
        event_name,
        user_pseudo_id,
        user_id,
        user_pseudo_id || '-' || ga_session_id as session_id,
        batch_page_id,
        batch_ordering_id,
        batch_event_index,
        event_bundle_sequence_id,
        event_name in ('page_view', 'screen_view') as is_page_view,
        page_location,
        case when ignore_referrer = 'true' then null else page_referrer end as page_referrer,
        engagement_time_msec,
        {%- for column, names in {
            'source': ['manual_source', 'event_source'],
            'medium': ['manual_medium', 'event_medium'],
            'campaign': ['manual_campaign_name', 'event_campaign'],
            'content': ['manual_content', 'event_content'],
            'term': ['manual_term', 'event_term'],
        }.items() %}
        -- In brackets are GA4's own words for nothing: (direct), (none), (not set).
        case
            when coalesce({{ names | join(', ') }}) not like '(%)'
                then coalesce({{ names | join(', ') }})
        end as {{ column }},
        {%- endfor %}
        gclid,
        dclid,
        srsltid,
        case when google_ads_campaign not like '(%)' then google_ads_campaign end
            as google_ads_campaign,
        analytics_storage,
        lower(device_category) as device_category,
        coalesce(
            {%- if internal_types %}
            traffic_type in ({{ quoted_list(internal_types) }}),
            {%- endif %}
            false
        )
        or coalesce(debug_mode in ('1', 'true'), false)
        or coalesce(debug_event in ('1', 'true'), false) as is_internal,
        transaction_id,
        purchase_revenue,
        refund_value,
        event_value,
        currency,
        event_value_in_usd
    from events

)

select * from final
