"""Adapters: the samples of each tool's tables become the rows of raw tables that people expect."""

import csv
import gzip
import json
import os
import re
import shutil

import duckdb
import pytest
from consumer import Consumer
from samples import ADAPTERS, EXPECTED, SAMPLES, made_and_due

pytest_plugins = ["installed"]


def switched_on(*names):
    return {"adapters": {name: {} for name in names}}


@pytest.fixture(scope="module")
def built(tmp_path_factory, packages_with_adapters):
    """A connection to what a consumer with all adapters made of the samples."""
    shop = Consumer(tmp_path_factory.mktemp("adapters"), packages_with_adapters)
    shop.configure(vars=switched_on(*ADAPTERS))
    shop.dbt("build", "--select", "+assisted_conversions.sources", env=raw(SAMPLES))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        yield connection


def raw(folder):
    return {"ATTRIBUTION_RAW_DIR": os.fspath(folder)}


def copy_samples(folder):
    """The samples, beside raw tables without rows for adapters that make none of these."""
    shutil.copytree(SAMPLES, folder)
    (folder / "sessions.csv").write_text("session_id,visitor_id,started_at\n")
    (folder / "conversions.csv").write_text(
        "conversion_id,visitor_id,conversion_type,converted_at\n"
    )
    return folder


def test_each_adapter_has_a_sample():
    assert ADAPTERS
    assert not [name for name in ADAPTERS if not (SAMPLES / name).is_dir()]
    assert not [name for name in ADAPTERS if not list(SAMPLES.glob(f"expected/{name}_*.csv"))]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_sample_becomes_the_expected_rows(built, path):
    made, due = made_and_due(path, built, f"sources.{path.stem}")
    assert made == due


def test_what_is_off_is_no_node(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars={})
    listed = shop.dbt("ls", "--quiet", "--select", "assisted_conversions.*", env=raw(SAMPLES))
    assert "assisted_conversions.marts" in listed
    assert "assisted_conversions.sources" not in listed
    assert not [name for name in ADAPTERS if f"assisted_conversions_{name}." in listed]


def test_a_missing_table_and_a_missing_column_stop_the_run(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("klaviyo"))
    copy_samples(tmp_path / "samples")
    (tmp_path / "samples/klaviyo/metric.csv").unlink()
    (tmp_path / "samples/klaviyo/person.csv").write_text("id,mail\np1,ann@example.com\n")
    failed = shop.run("build", "--select", "klaviyo_interactions", env=raw(tmp_path / "samples"))
    assert failed.returncode
    assert "adapter `klaviyo`: table `metric` is absent" in failed.stdout
    assert "adapter `klaviyo`: table `person` lacks the column `email`" in failed.stdout
    assert "Columns found: id, mail" in failed.stdout


def test_each_wrong_setting_of_an_adapter_is_named(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    segment = {"session_minutes": "half", "order_value": "net", "colour": "red"}
    wrong = {
        "segmnet": {},
        "segment": segment | {"conversions": {"signed_up": "Sign up"}},
        "klaviyo": ["opens"],
        "hubspot": {"pipelines": 3, "amount": "home"},
    }
    shop.configure(vars={"adapters": wrong})
    said = shop.run("parse").stdout
    for words in (
        "`adapters` has `segmnet`, which is no adapter: did you mean `segment`? "
        "The adapters are: ad_reporting, callrail, ",
        "`adapters.segment.session_minutes` is `half`, but must be an integer from 1 up",
        "`adapters.segment.order_value` is `net`, but must be one of revenue, total.",
        "`adapters.segment.colour` is no setting of segment. Its settings are: columns, conv",
        "`adapters.segment.conversions.signed_up` is `Sign up`, but must be a conversion type",
        "`adapters.klaviyo` is `['opens']`, but must be null or a mapping with any of the keys",
        "`adapters.hubspot.pipelines` is `3`, but must be null or a list",
        "`adapters.hubspot.amount` is no setting of hubspot: did you mean `amounts`?",
    ):
        assert words in said, said


def test_a_conversion_type_that_has_no_rule_stops_the_run(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    events = {"order_completed": "purchase", "signed_up": "signup"}
    actions = {"lead": ["lead"], "subscription": ["subscribe"]}
    shop.configure(
        vars={
            "adapters": {
                "segment": {"conversions": events},
                "meta": {"schema": "facebook_ads", "conversion_actions": actions},
            }
        }
    )
    selection = ["conversion_types", "int_conversion_groups"]
    said = shop.run("build", "--select", *selection, env=raw(SAMPLES)).stdout
    for conversion_type, setting in (
        ("signup", "adapters.segment.conversions"),
        ("subscription", "adapters.meta.conversion_actions"),
    ):
        words = f"`conversion_type = {conversion_type}` is absent: var `{setting}` names it"
        assert words in said, said
    assert "= purchase` is absent" not in said


def test_files_that_would_be_misread_or_not_read_stop_the_run(tmp_path, packages_with_adapters):
    """All in one error, before any table is written."""
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("klaviyo", "segment", "stripe"))
    samples = copy_samples(tmp_path / "samples")
    pages = (samples / "segment/pages.csv").rename(samples / "segment/pagez.csv")
    header = pages.read_text().split("\n")[0]
    (samples / "stripe/refunds.jsonl").write_text("{}\n")
    (samples / "stripe/charge.csv").write_bytes(b"")
    (samples / "segment/tracks.csv").unlink()
    (samples / "segment/tracks.jsonl").write_bytes(b"")
    (samples / "klaviyo/metric.csv").rename(samples / "klaviyo/metric.xlsx")
    with (samples / "klaviyo/person.csv").open("a") as file:
        file.write('p9,"ann@example.com\n')
    # Nothing is said of an adapter that is off, of other folders, of notes, and of tools' marks.
    for file in ("ga4/eventz.csv", "notes/pages.csv", "segment/README.md", "segment/_pages.csv"):
        (samples / file).parent.mkdir(exist_ok=True)
        (samples / file).write_text(header)
    failed = shop.run("run", "--select", "source_sessions", env=raw(samples))
    assert failed.returncode
    problems = failed.stdout.replace(f"{samples}/", "")
    lines = re.findall("(?m)^ +- (.*)", problems)
    due = [
        "adapter `klaviyo`: table `metric`: `klaviyo/metric.xlsx` has an ending that is not read",
        "adapter `klaviyo`: table `metric` is absent",
        "adapter `klaviyo`: table `person`: `klaviyo/person.csv`: in the row that begins in line",
        "adapter `segment`: `segment/pagez.csv` would not be read, since it is none of its tables "
        "(identifies, order_completed, pages, tracks); ",
        "adapter `segment`: table `pages` is absent",
        "adapter `segment`: table `tracks`: `segment/tracks.jsonl`: the file is empty",
        "adapter `stripe`: `stripe/refunds.jsonl` would not be read, since it is none of its",
        "adapter `stripe`: table `charge`: `stripe/charge.csv`: the file is empty",
        "table `conversions`: `conversions.csv` would not be read, since `conversions` is made by "
        "adapter `segment` and `stripe`; ",
        "table `sessions`: `sessions.csv` would not be read, since `sessions` is made by "
        "adapter `segment`; ",
    ]
    assert [line for line in due if not any(found.startswith(line) for found in lines)] == []
    assert len(lines) == len(due), lines
    assert "`adapters`: {segment: {tables: {pages: pagez}}}" in problems
    assert "`source_models: {sessions: [my_sessions]}`" in problems
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        assert connection.sql("from duckdb_tables()").fetchall() == []


def test_csv_of_a_tool_is_read_as_raw_tables_are(tmp_path, packages_with_adapters):
    """Nothing is guessed from the first rows: here quotes first stand in a late one.

    A folder may hold files with other separators, encodings, columns, and a partition.
    """
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars={"adapters": {"klaviyo": {"tables": {"person": "People"}}}})
    samples = copy_samples(tmp_path / "samples")
    (samples / "klaviyo/person.csv").unlink()
    people = samples / "klaviyo/people"
    (people / "id=p0").mkdir(parents=True)
    (people / "1.csv").write_text(
        "id,first name,email\n"
        + "".join(f"p{number},Ann,\n" for number in range(10, 25_010))
        + 'p1,"Ann ""A"", of\nOslo","ann@example.com"\n'
    )
    (people / "2.csv").write_bytes('Email;ID\n"bob@example.com";p2\n'.encode("utf-16"))
    (people / "3.tsv.gz").write_bytes(gzip.compress(b"email\tid\n'c'@example.com\tp3\n"))
    (people / "id=p0/4.csv").write_text("email\ndan@example.com\n")
    shop.dbt("run", "--select", "+klaviyo_identity_links", env=raw(samples))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql(
            "select left_id, right_id from sources.klaviyo_identity_links order by all"
        ).fetchall()
    assert rows == [
        ("p0", "dan@example.com"),
        ("p1", "ann@example.com"),
        ("p2", "bob@example.com"),
        ("p3", "'c'@example.com"),
    ]


def test_a_file_that_is_gone_is_absent(tmp_path, packages_with_adapters):
    """Though a view of it was made by the run before."""
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("klaviyo"))
    copy_samples(tmp_path / "samples")
    shop.dbt("run", "--select", "+klaviyo_interactions", env=raw(tmp_path / "samples"))
    (tmp_path / "samples/klaviyo/metric.csv").unlink()
    failed = shop.run("run", "--select", "+klaviyo_interactions", env=raw(tmp_path / "samples"))
    assert failed.returncode
    assert "adapter `klaviyo`: table `metric` is absent" in failed.stdout


def test_a_renamed_column_is_a_setting(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars={"adapters": {"klaviyo": {"columns": {"person": {"email": "mail"}}}}})
    copy_samples(tmp_path / "samples")
    (tmp_path / "samples/klaviyo/person.csv").write_text("id,mail\np1,bob@example.com\n")
    shop.dbt("run", "--select", "+klaviyo_identity_links", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql("select right_id from sources.klaviyo_identity_links").fetchall()
    assert rows == [("bob@example.com",)]


def test_values_that_cannot_be_read_are_listed(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("segment"))
    shutil.copytree(SAMPLES / "segment", tmp_path / "samples/segment")
    (tmp_path / "samples/segment/order_completed.csv").write_text(
        'id,order_id,revenue,total\n1,A,"1.234,50",\n2,B,"1.234,50",7\n3,C, 5 ,\n'
    )
    listed = "audit_unread_source_values"
    output = shop.dbt("build", "--select", f"{listed}", env=raw(tmp_path / "samples"))
    assert "WARN 1 values_of_tools_are_read" in output
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql(f"from audits.{listed}").fetchall()
    assert rows == [("segment", "order_completed", "revenue", "1.234,50", 2)]


def test_several_sources_become_one_table(tmp_path, packages_with_adapters):
    """Ids of a tool get its name; e-mail addresses and junk do not, nor ids of own models."""
    shop = Consumer(tmp_path, packages_with_adapters)
    own = {"source_models": {"interactions": ["my_podcasts"]}}
    shop.configure(vars=switched_on("klaviyo") | own)
    (shop.project / "models/my_podcasts.sql").write_text(
        "select 'pod1' as interaction_id, 'u1' as user_id, '2026-05-01' as touched_at,"
        " 'podcast' as interaction_type"
    )
    samples = copy_samples(tmp_path / "samples")
    (samples / "klaviyo/event.csv").write_text(
        "id,metric_id,person_id,datetime\n"
        "e1,m-click,p1,2026-05-01 08:00:00\n"
        "e2,m-click,Ann@example.com,2026-05-01 08:00:00\n"
        "e3,m-click,NULL,2026-05-01 08:00:00\n"
    )
    shop.dbt("build", "--select", "+source_interactions", env=raw(samples))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql(
            "select interaction_id, user_id, cast(touched_at as varchar)"
            " from sources.source_interactions order by all"
        ).fetchall()
    assert rows == [
        ("klaviyo:e1", "klaviyo:p1", "2026-05-01 08:00:00"),
        ("klaviyo:e2", "Ann@example.com", "2026-05-01 08:00:00"),
        ("klaviyo:e3", "NULL", "2026-05-01 08:00:00"),
        ("pod1", "u1", "2026-05-01"),
    ]


def test_the_raw_folder_may_hold_tables_of_tools_alone(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("ga4"))
    shutil.copytree(SAMPLES / "ga4", tmp_path / "samples/ga4")
    shop.dbt("run", "--select", "+ga4_identity_links", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        assert connection.sql("from sources.ga4_identity_links").fetchall()


def test_nested_values_are_read_from_parquet_as_from_json(tmp_path, packages_with_adapters):
    """Parquet files have the fields of all types, JSON lines only those that a row fills."""
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("ga4"))
    (tmp_path / "samples/ga4").mkdir(parents=True)
    value = (
        "struct(string_value varchar, int_value bigint, float_value double, double_value double)"
    )
    duckdb.sql(
        f"""
        copy (
            select
                * replace (
                    cast(event_params as struct(key varchar, value {value})[]) as event_params,
                    cast(event_timestamp as bigint) as event_timestamp
                )
            from read_json('{SAMPLES}/ga4/events.jsonl', sample_size = -1, maximum_depth = -1)
        ) to '{tmp_path}/samples/ga4/events.parquet'
        """
    )
    shutil.copy(SAMPLES / "ga4/events_intraday.jsonl", tmp_path / "samples/ga4")
    shop.dbt("run", "--select", "+ga4_sessions", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        made = connection.sql(
            "select session_id, landing_url, engaged_seconds from sources.ga4_sessions"
        ).fetchall()
    with (SAMPLES / "expected/ga4_sessions.csv").open(newline="") as file:
        expected = [
            (row["session_id"], row["landing_url"] or None, float(row["engaged_seconds"] or "nan"))
            for row in csv.DictReader(file)
        ]
    assert sorted(map(str, made)) == sorted(str(row).replace("nan", "None") for row in expected)


def test_files_of_json_are_read_as_they_are_written(tmp_path, packages_with_adapters):
    """DuckDB reads texts as UUIDs, in lower case, and texts among numbers as JSON.

    Fields of its structs may not differ in their letter case alone, as properties of events do.
    """
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("posthog"))
    device = "0199A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B"
    events = [
        {
            "uuid": f"e{number}",
            "event": "$pageview",
            "distinct_id": distinct_id,
            "timestamp": f"2026-08-01T0{number}:00:00Z",
            "properties": {
                "$session_id": f"s{number}",
                "$device_id": device,
                ["plan", "Plan", "PLAN"][number]: "basic",
            },
        }
        for number, distinct_id in enumerate([device, 7, "U7"])
    ]
    (tmp_path / "samples/posthog").mkdir(parents=True)
    (tmp_path / "samples/posthog/events.jsonl").write_text("\n".join(map(json.dumps, events)))
    shop.dbt("run", "--select", "+posthog_sessions", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql(
            "select session_id, visitor_id, user_id from sources.posthog_sessions order by all"
        ).fetchall()
    assert rows == [("s0", device, None), ("s1", device, "7"), ("s2", device, "U7")]


def test_search_topics_are_a_report_with_the_adapter_on(tmp_path, packages_with_adapters):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("search_console"))
    env = raw(copy_samples(tmp_path / "samples"))
    no_tests = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    shop.dbt("build", "--select", "+rpt_search_topics", *no_tests, env=env)
    shop.dbt("test", "--select", "rpt_search_topics", env=env)
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql("""
            select landing_page, clicks, top_query, conversions
            from reports.rpt_search_topics
            where conversion_group = '(all macro)'
            order by all
        """).fetchall()
    assert rows == [
        ("shop.example/blog/care", 0, None, 0),
        ("shop.example/shoes", 8, "running shoes", 0),
    ]


# How BigQuery's transfer names the columns of Google Ads.
TRANSFER_COLUMNS = {
    "campaign_stats": {
        "id": "campaign_id",
        "date": "segments_date",
        "clicks": "metrics_clicks",
        "cost_micros": "metrics_cost_micros",
        "impressions": "metrics_impressions",
        "conversions": "metrics_conversions",
        "conversions_value": "metrics_conversions_value",
    },
    "campaign_history": {
        "id": "campaign_id",
        "name": "campaign_name",
        "updated_at": "_DATA_DATE",
        "tracking_url_template": "campaign_tracking_url_template",
        "final_url_suffix": "campaign_final_url_suffix",
    },
    "account_history": {
        "id": "customer_id",
        "updated_at": "_DATA_DATE",
        "currency_code": "customer_currency_code",
    },
}


def test_google_ads_is_the_same_in_the_layout_of_bigquerys_transfer(
    tmp_path, packages_with_adapters, built
):
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("google_ads"))
    copy_samples(tmp_path / "samples")
    for table, names in TRANSFER_COLUMNS.items():
        path = tmp_path / f"samples/google_ads/{table}.csv"
        header, rows = path.read_text().split("\n", 1)
        columns = [names.get(column, column) for column in header.split(",")]
        path.write_text(",".join(columns) + "\n" + rows)
    shop.dbt("run", "--select", "+google_ads_ad_spend", env=raw(tmp_path / "samples"))
    query = "select * from sources.google_ads_ad_spend order by all"
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql(query).fetchall()
    assert rows == built.sql(query).fetchall()


def test_bytes_are_read_in_hexadecimal(tmp_path, packages_with_adapters):
    """Also those that happen to spell a text."""
    shop = Consumer(tmp_path, packages_with_adapters)
    shop.configure(vars=switched_on("matomo"))
    shutil.copytree(SAMPLES / "matomo", tmp_path / "samples/matomo")
    visits = tmp_path / "samples/matomo/log_visit.csv"
    duckdb.sql(
        f"""copy (
            select * replace (encode('12345678') as idvisitor)
            from read_csv('{visits}', all_varchar = true) limit 1
        ) to '{visits.with_suffix(".parquet")}'"""
    )
    visits.unlink()
    shop.dbt("run", "--select", "+matomo_sessions", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql("select visitor_id from sources.matomo_sessions").fetchall()
    assert rows == [("3132333435363738",)]
