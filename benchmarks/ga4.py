"""What GA4's export costs beside the same sessions and conversions as raw tables.

    python benchmarks/ga4.py --sessions 1400000

Made sessions become nested events as BigQuery exports them, seven a session, in a file a day. The
project is built from them by the adapter `ga4`, then from files of what the adapter made of them.
Both must end in the same tables. The ratio of their times is printed; too high a one is an error.
"""

import argparse
import hashlib
import shutil
import sys
import time
from pathlib import Path
from statistics import median

import duckdb
from compare import differences
from measuring import (
    PROJECT,
    build,
    cost_table,
    generator_version,
    machine,
    node_seconds,
    raw_folder,
    slowest_table,
)

# How much longer than raw tables events may take.
MOST = 1.5
MADE = ("sessions", "conversions", "identity_links")
WITH_ADAPTER = ("--vars", "{adapters: {ga4: {}}}")

# A parameter with a value of each type, as event_params has them.
MACROS = """
create macro param(name, string, whole, double) as {
    'key': name,
    'value': {
        'string_value': string::varchar, 'int_value': whole::bigint,
        'float_value': null::double, 'double_value': double::double
    }
};
create macro word(name, value) as param(name, value, null, null);
create macro whole(name, value) as param(name, null, value, null);
create macro fraction(name, value) as param(name, null, null, value);
"""

# Of each session: its start, then for each page a view and the time that was spent on it.
EVENTS = """
with visits as (
    select
        visitor_id, user_id, started_at, landing_url, referrer_url, utm_source, utm_medium,
        utm_campaign, device_type, consent_state, page_views,
        coalesce(engaged_seconds, 0) as engaged_seconds,
        floor(epoch(started_at))::bigint as ga_session_id
    from sessions
    where cast(started_at as date) = $day and visitor_id is not null
),

in_sessions as (
    select *, unnest(range(1 + 2 * page_views)) as place
    from visits
),

orders as (
    select conversions.*, visits.ga_session_id, visits.landing_url, visits.device_type
    from conversions
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
        whole('ga_session_id', ga_session_id),
        whole('ga_session_number', 1),
        word('page_location', if(place <= 1, landing_url, split_part(landing_url, '?', 1))),
        word('page_title', 'Title of ' || place),
        word('page_referrer', if(is_entrance, referrer_url, landing_url)),
        word('session_engaged', '1'),
        whole('engaged_session_event', 1),
        whole('entrances', if(is_entrance, 1, null)),
        whole('engagement_time_msec', engagement),
        word('source', if(place = 1, utm_source, null)),
        word('medium', if(place = 1, utm_medium, null)),
        word('campaign', if(place = 1, utm_campaign, null)),
        word('currency', currency),
        fraction('value', revenue),
        word('transaction_id', transaction_id)
    ], lambda param: coalesce(
        param.value.string_value, param.value.int_value::varchar, param.value.double_value::varchar
    ) is not null) as event_params,
    (hash(happened_at) % 1000000000)::bigint as event_bundle_sequence_id,
    user_id,
    visitor_id as user_pseudo_id,
    {'analytics_storage': case consent_state when 'denied' then 'No' when 'granted' then 'Yes' end,
        'ads_storage': 'Yes', 'uses_transient_token': 'No'} as privacy_info,
    {'category': lower(device_type), 'language': 'en-us',
        'web_info': {'browser': 'Chrome', 'hostname': 'www.shop.example'}} as device,
    {'city': 'Berlin', 'country': 'Germany', 'continent': 'Europe'} as geo,
    '1234567' as stream_id,
    'WEB' as platform,
    {'total_item_quantity': null::bigint, 'purchase_revenue_in_usd': null::double,
        'purchase_revenue': if(event_name = 'purchase', revenue, null),
        'refund_value': null::double, 'transaction_id': transaction_id} as ecommerce,
    {'manual_source': if(place = 1, utm_source, null),
        'manual_medium': if(place = 1, utm_medium, null),
        'manual_campaign_name': if(place = 1, utm_campaign, null), 'manual_term': null::varchar,
        'manual_content': null::varchar, 'gclid': null::varchar, 'dclid': null::varchar,
        'srsltid': null::varchar} as collected_traffic_source,
    {'manual_campaign': {'source': utm_source, 'medium': utm_medium},
        'google_ads_campaign': {'campaign_name': null::varchar}}
        as session_traffic_source_last_click,
    place as batch_event_index,
    1 as batch_page_id,
    place as batch_ordering_id
from named
"""


def events_folder(raw: Path, folder: Path) -> Path:
    """The raw folder with events of all sessions; kept until a generator changes."""
    out = folder / "events"
    version = hashlib.sha256((MACROS + EVENTS).encode()).hexdigest()[:12]
    stamp = folder / f"events-{generator_version()}-{version}.stamp"
    if stamp.exists():
        return out
    shutil.rmtree(out, ignore_errors=True)
    (out / "ga4/events").mkdir(parents=True)
    started, events = time.perf_counter(), 0
    with duckdb.connect() as connection:
        connection.execute(MACROS)
        for table in ("sessions", "conversions"):
            connection.execute(f"create view {table} as from '{raw}/{table}.parquet'")
        days = connection.execute(
            "select distinct cast(started_at as date) from sessions where started_at is not null"
        ).fetchall()
        for (day,) in sorted(days):
            query = EVENTS.replace("$day", f"date '{day}'")
            path = out / f"ga4/events/events_{day:%Y%m%d}.parquet"
            events += connection.execute(f"copy ({query}) to '{path}'").fetchone()[0]
    print(f"  {events:,} events: {time.perf_counter() - started:.1f} s", flush=True)
    stamp.touch()
    return out


def export_made_tables(database: Path, out: Path) -> None:
    """What the adapter has made, as raw tables; they have no audit of tools' tables."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    with duckdb.connect(str(database)) as connection:
        connection.execute("drop table audits.audit_unread_source_values")
        for table in MADE:
            connection.execute(
                f"copy (from sources.source_{table}) to '{out}/{table}.parquet' (compression zstd)"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1_400_000)
    parser.add_argument("--repeats", type=int, default=1)
    parser.add_argument("--out", type=Path, default=PROJECT / "target/benchmarks")
    arguments = parser.parse_args()
    folder = arguments.out.resolve() / f"ga4_{arguments.sessions}"
    raw = raw_folder(arguments.sessions, folder)
    events, tables = events_folder(raw, folder), folder / "tables"

    by_events, by_tables = [], []
    for _ in range(arguments.repeats):
        by_events.append(build(events, folder / "by_events", options=WITH_ADAPTER))
        print(f"  events: {by_events[-1]}", flush=True)
        export_made_tables(folder / "by_events/build.duckdb", tables)
        by_tables.append(build(tables, folder / "by_tables"))
        print(f"  raw tables: {by_tables[-1]}", flush=True)
    found = differences(folder / "by_events/build.duckdb", folder / "by_tables/build.duckdb")

    costs = {}
    for name, measured in (("events", by_events), ("raw tables", by_tables)):
        costs |= {f"{name}, {number}": cost for number, cost in enumerate(measured, 1)}
    ratio = median(cost.seconds for cost in by_events) / median(cost.seconds for cost in by_tables)
    nodes = node_seconds(folder / "by_events")
    lines = [
        "# GA4's export beside raw tables", "", f"{machine()}.", "",
        *cost_table("build from", costs), "",
        f"Ratio of wall times: {ratio:.2f}, at most {MOST}.", "",
        *slowest_table("slowest nodes, events", nodes, 10), "",
    ]  # fmt: skip
    (folder / "ga4.md").write_text("\n".join(lines))
    print("\n".join(lines), flush=True)
    if found:
        sys.exit("The tables from events and from raw tables differ:\n  " + "\n  ".join(found))
    if ratio > MOST:
        sys.exit("Events take too long")


if __name__ == "__main__":
    main()
