"""What GA4's export costs beside the same sessions and conversions as raw tables.

    python benchmarks/ga4.py --sessions 1500000

Sessions of the generator become nested events, as BigQuery exports them: a Parquet file a day, seven
events a session. The project is built from them by the adapter `ga4`, and then from Parquet files of
what the adapter made. The two must end in the same reports; the ratio of their times is printed.
"""

import argparse
import shutil
import sys
from pathlib import Path

import duckdb
from measuring import PROJECT, build, cost_table, machine, node_seconds, raw_folder, slowest_table

# At most how much longer events may take than raw tables.
MOST = 1.5
UNITED = ("sessions", "conversions", "identity_links")
VARS = '{adapters: {ga4: {conversion_types: {purchase: purchase, generate_lead: lead}}}}'

# Of each session: its start, then for each page a view and the time that was spent on it.
EVENTS = """
with visits as (
    select
        visitor_id, user_id, started_at, landing_url, referrer_url, utm_source, utm_medium,
        utm_campaign, device_type, consent_state, page_views,
        coalesce(engaged_seconds, 0) as engaged_seconds,
        floor(epoch(started_at))::bigint as ga_session_id
    from '{raw}/sessions.parquet'
    where visitor_id is not null and started_at is not null
),

in_sessions as (
    select *, unnest(range(1 + 2 * page_views)) as place
    from visits
),

orders as (
    select conversions.*, visits.ga_session_id, visits.landing_url, visits.device_type
    from '{raw}/conversions.parquet' as conversions
    asof inner join visits
        on
            conversions.visitor_id = visits.visitor_id
            and conversions.converted_at >= visits.started_at
    where conversions.source_system = 'web' and conversion_type in ('purchase', 'lead')
),

named as (
    select
        case when place = 0 then 'session_start' when place % 2 = 1 then 'page_view'
            else 'user_engagement' end as event_name,
        started_at + to_seconds(place * 20) as happened_at,
        case when place % 2 = 0 and place > 0
            then (engaged_seconds * 1000 / page_views)::bigint end as engagement,
        place <= 1 as is_entrance,
        null::double as revenue, null::varchar as transaction_id, null::varchar as currency,
        visitor_id, user_id, ga_session_id, landing_url, referrer_url, utm_source, utm_medium,
        utm_campaign, device_type, consent_state, place
    from in_sessions
    union all
    select
        case conversion_type when 'purchase' then 'purchase' else 'generate_lead' end,
        converted_at, null, false, value, order_id, currency_code,
        visitor_id, user_id, ga_session_id, landing_url, null, null, null,
        null, device_type, null, 99
    from orders
)

select
    strftime(happened_at, '%Y%m%d') as event_date,
    epoch_us(happened_at) as event_timestamp,
    event_name,
    list_filter([
        {{'key': 'ga_session_id', 'value': {int('ga_session_id')}}},
        {{'key': 'ga_session_number', 'value': {int('1')}}},
        {{'key': 'page_location', 'value': {text("if(place <= 1, landing_url, split_part(landing_url, '?', 1))")}}},
        {{'key': 'page_title', 'value': {text("'Title of ' || place")}}},
        {{'key': 'page_referrer', 'value': {text("if(is_entrance, referrer_url, landing_url)")}}},
        {{'key': 'session_engaged', 'value': {text("'1'")}}},
        {{'key': 'engaged_session_event', 'value': {int('1')}}},
        {{'key': 'entrances', 'value': {int('if(is_entrance, 1, null)')}}},
        {{'key': 'engagement_time_msec', 'value': {int('engagement')}}},
        {{'key': 'source', 'value': {text("if(place = 1, utm_source, null)")}}},
        {{'key': 'medium', 'value': {text("if(place = 1, utm_medium, null)")}}},
        {{'key': 'campaign', 'value': {text("if(place = 1, utm_campaign, null)")}}},
        {{'key': 'currency', 'value': {text("currency")}}},
        {{'key': 'value', 'value': {double("revenue")}}},
        {{'key': 'transaction_id', 'value': {text("transaction_id")}}}
    ], lambda param: coalesce(
        param.value.string_value, param.value.int_value::varchar, param.value.double_value::varchar
    ) is not null) as event_params,
    (hash(happened_at) % 1000000000)::bigint as event_bundle_sequence_id,
    user_id,
    visitor_id as user_pseudo_id,
    {{'analytics_storage': case consent_state when 'denied' then 'No' when 'granted' then 'Yes' end,
        'ads_storage': 'Yes', 'uses_transient_token': 'No'}} as privacy_info,
    {{'category': lower(device_type), 'language': 'en-us',
        'web_info': {{'browser': 'Chrome', 'hostname': 'www.shop.example'}}}} as device,
    {{'city': 'Berlin', 'country': 'Germany', 'continent': 'Europe'}} as geo,
    '1234567' as stream_id,
    'WEB' as platform,
    {{'total_item_quantity': null::bigint, 'purchase_revenue_in_usd': null::double,
        'purchase_revenue': if(event_name = 'purchase', revenue, null),
        'refund_value': null::double, 'transaction_id': transaction_id}} as ecommerce,
    {{'manual_source': if(place = 1, utm_source, null), 'manual_medium': if(place = 1, utm_medium, null),
        'manual_campaign_name': if(place = 1, utm_campaign, null), 'manual_term': null::varchar,
        'manual_content': null::varchar, 'gclid': null::varchar, 'dclid': null::varchar,
        'srsltid': null::varchar}} as collected_traffic_source,
    {{'manual_campaign': {{'source': utm_source, 'medium': utm_medium}},
        'google_ads_campaign': {{'campaign_name': null::varchar}}}}
        as session_traffic_source_last_click,
    place as batch_event_index,
    1 as batch_page_id,
    place as batch_ordering_id
from named
"""
VALUE = (
    "{{'string_value': {}::varchar, 'int_value': {}::bigint, 'float_value': null::double, "
    "'double_value': {}::double}}"
)


def text(expression):
    return VALUE.format(expression, "null", "null")


def int_(expression):
    return VALUE.format("null", expression, "null")


def double(expression):
    return VALUE.format("null", "null", expression)
