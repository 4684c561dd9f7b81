"""The one-file report: its numbers equal the tables, and it is whole whatever the data are."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from html import unescape

import duckdb
import pytest
from conftest import ROOT, fetch

sys.path.insert(0, str(ROOT / "scripts"))
from report import data, page  # noqa: E402

LIBRARY = "window.vegaEmbed = () => {}; // </script><!--"


@pytest.fixture(scope="module")
def content(demo_db):
    """What the page holds of the demo, as the browser reads it."""
    build = data.Build(demo_db)
    return shown(page.render(data.page_data(build, data.Limits()), LIBRARY, "USD", "UTC"))


def shown(html):
    """The page's data with tables as rows, decoded as scripts/report/sections.js does."""
    (text,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    content = json.loads(text)
    return content | {"tables": {name: rows(table) for name, table in content["tables"].items()}}


def rows(table):
    columns = {
        name: cells if isinstance(cells, list) else [cells["values"][i] for i in cells["places"]]
        for name, cells in table.items()
    }
    return [dict(zip(columns, row)) for row in zip(*columns.values())]


def summed(content, table, keys, measures, months=None):
    """Sums of measures by conversion group and keys, as the page makes them."""
    sums = defaultdict(lambda: [0.0] * len(measures))
    for row in content["tables"][table]:
        if months and row["month"] not in months:
            continue
        for group, types in content["groups"].items():
            if row["conversion_type"] in types:
                sum_ = sums[(group, *(row[key] for key in keys))]
                for i, measure in enumerate(measures):
                    sum_[i] += row[measure] or 0
    return {key: values for key, values in sums.items() if any(values)}


def reported(db, query, keys, measures):
    return {
        tuple(row[key] for key in keys): [float(row[measure] or 0) for measure in measures]
        for row in fetch(db, query)
        if any(row[measure] for measure in measures)
    }


def assert_same(found, expected):
    assert expected
    assert found.keys() == expected.keys()
    for key, values in expected.items():
        assert found[key] == pytest.approx(values, rel=1e-8, abs=1e-6), key


ROLES = data.ROLES


def test_channels_add_up_to_the_report(content, demo_db):
    assert_same(
        summed(content, "channels_by_month", ["channel"], ROLES),
        reported(
            demo_db,
            "select * from reports.rpt_channel_assists where channel <> '(total)'",
            ["conversion_group", "channel"],
            ROLES,
        ),
    )


def test_channels_of_a_month_equal_the_report_of_months(content, demo_db):
    month = content["months"][3]
    assert_same(
        summed(content, "channels_by_month", ["channel"], ROLES, {month}),
        reported(
            demo_db,
            "select * from reports.rpt_channel_assists_by_month where channel <> '(total)'"
            f" and conversion_month = '{month}'",
            ["conversion_group", "channel"],
            ROLES,
        ),
    )


def test_totals_count_each_conversion_once(content, demo_db):
    measures = ["conversions", "last_conversions", "assisted_conversions"]
    assert_same(
        summed(content, "totals_by_month", [], measures),
        reported(
            demo_db,
            "select * from reports.rpt_channel_assists where channel = '(total)'",
            ["conversion_group"],
            measures,
        ),
    )


def test_credits_equal_the_report_of_models(content, demo_db):
    for model in data.RULE_MODELS:
        assert_same(
            summed(content, "channels_by_month", ["channel"], [f"credit_{model}"]),
            reported(
                demo_db,
                "select * from reports.rpt_model_comparison where abs(credit) > 1e-9"
                f" and attribution_model = '{model}'",
                ["conversion_group", "channel"],
                ["credit"],
            ),
        )


def test_costs_and_credited_values_equal_the_report_of_costs(content, demo_db):
    for period, months in {"(all)": None, content["months"][2]: {content["months"][2]}}.items():
        costs = defaultdict(float)
        for row in content["tables"]["costs_by_month"]:
            if months is None or row["month"] in months:
                costs[row["channel"]] += row["cost"]
        rows_of_period = fetch(
            demo_db,
            f"select * from reports.rpt_channel_costs where period = '{period}'"
            " and conversion_group = '(all macro)' and attribution_model = 'linear'"
            " and cost is not null and channel not in ('(total)', '(unattributed)')",
        )
        assert costs == pytest.approx(
            {row["channel"]: float(row["cost"]) for row in rows_of_period}
        )
        values = summed(content, "values_by_month", ["channel"], ["value_linear"], months)
        for row in rows_of_period:
            value = values.get(("(all macro)", row["channel"]), [0])[0]
            assert value == pytest.approx(float(row["credited_value"]), abs=1e-4)


@pytest.mark.parametrize(
    ("table", "report"), [("lengths", "rpt_path_length"), ("lags", "rpt_time_lag")]
)
def test_distributions_equal_the_reports(content, demo_db, table, report):
    measures = ["conversions", "conversion_value"]
    assert_same(
        summed(content, table, ["bucket"], measures),
        reported(
            demo_db, f"select * from reports.{report}", ["conversion_group", "bucket"], measures
        ),
    )


def test_flows_hold_each_conversion_with_a_path_once(content, demo_db):
    assert_same(
        summed(content, "flows", [], ["conversions"]),
        reported(
            demo_db,
            "select * from reports.rpt_channel_assists where channel = '(total)'",
            ["conversion_group"],
            ["last_conversions"],
        ),
    )


@pytest.mark.parametrize(
    ("months", "report", "keys"),
    [
        ("campaigns_by_month", "campaigns", ["channel", "source", "medium", "campaign"]),
        ("contents_by_month", "contents", ["level", "value"]),
    ],
)
def test_names_add_up_to_their_report(content, months, report, keys):
    sums = summed(content, months, keys, data.NAMED_MEASURES)
    expected = {
        (row["conversion_group"], *(row[key] for key in keys)): [
            row[measure] for measure in data.NAMED_MEASURES
        ]
        for row in content["tables"][report]
        if row["conversions"]
    }
    # The facts of a name belong to all groups; the report may list it in some of them only.
    assert_same({key: sums[key] for key in expected}, expected)


@pytest.mark.parametrize(
    ("table", "report"),
    [
        ("models", "reports.rpt_model_comparison"),
        ("windows", "reports.rpt_lookback_sensitivity"),
        ("consent", "reports.rpt_consent_gap"),
        ("row_counts", "audits.audit_row_counts"),
    ],
)
def test_reports_stand_on_the_page_as_they_are(content, demo_db, table, report):
    found = content["tables"][table]
    columns = list(found[0])
    expected = [
        [page.number(row[column]) for column in columns] for row in fetch(demo_db, f"from {report}")
    ]
    assert sorted(map(repr, expected)) == sorted(repr(list(row.values())) for row in found)


def test_the_default_page_is_small(demo_db):
    build = data.Build(demo_db)
    html = page.fitting_page(build, "x" * 1_200_000, "USD", "UTC")
    assert len(html.encode()) < page.MOST_BYTES


def test_a_page_that_would_be_too_large_has_shorter_lists(demo_db, monkeypatch):
    build = data.Build(demo_db)
    whole = page.fitting_page(build, "", "USD", "UTC")
    monkeypatch.setattr(page, "MOST_BYTES", len(whole.encode()) * 0.8)
    smaller = page.fitting_page(build, "", "USD", "UTC")
    assert len(smaller.encode()) < page.MOST_BYTES
    content = shown(smaller)
    assert len(content["tables"]["paths"]) < len(shown(whole)["tables"]["paths"])
    # Months that are no longer told apart are still counted.
    assert sum(row["conversions"] for row in content["tables"]["totals_by_month"]) == sum(
        row["conversions"] for row in shown(whole)["tables"]["totals_by_month"]
    )


def test_months_before_the_first_one_told_apart_are_one(demo_db):
    content = data.page_data(data.Build(demo_db), data.Limits(months=2))
    assert content["months"][0] == data.EARLIER
    assert len(content["months"]) == 3
    assert set(content["tables"]["totals_by_month"]["month"]) == set(content["months"])


NAMES = [
    "</script><script>alert(1)</script>",
    "<!-- <img src=x onerror=alert(1)>",
    "مرحبا بالعالم",
    'a,"b"\n=cmd|c',
    "x" * 500,
]


def test_names_are_data_and_never_code(demo_db):
    content = data.page_data(data.Build(demo_db), data.Limits())
    places = range(len(content["tables"]["campaigns"]["campaign"]))
    content["tables"]["campaigns"]["campaign"] = [NAMES[i % len(NAMES)] for i in places]
    html = page.render(content, LIBRARY, "USD", "UTC")
    assert html.count("<script") == html.count("</script>") == 3
    assert "<img" not in html
    assert html.count("<!--") == 0
    assert {row["campaign"] for row in shown(html)["tables"]["campaigns"]} == set(NAMES)


def test_the_page_lets_no_other_code_run_and_asks_nobody(content, demo_db):
    html = page.render(data.page_data(data.Build(demo_db), data.Limits()), LIBRARY, "USD", "UTC")
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1])
    assert "default-src 'none'" in policy
    scripts = re.findall(r"<script(?: type=\"module\")?>(.*?)</script>", html, re.S)
    assert len(scripts) == 2
    assert all(page.hashed(script) in policy for script in scripts)
    assert not re.findall(r'(?:src|href)="(?!#|data:)', html)


def test_code_sets_text_never_markup():
    code = "".join(path.read_text() for path in (ROOT / "scripts/report").glob("*.js"))
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", code)


@pytest.fixture
def copy_of(demo_db, tmp_path):
    """A function that makes a build with the demo's tables but no rows, without some of them."""

    def make(*without, schema_prefix=""):
        path = tmp_path / f"copy{len(list(tmp_path.iterdir()))}.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute(f"attach '{demo_db}' as demo (read_only)")
            tables = connection.execute(
                "select table_schema, table_name from information_schema.tables"
                " where table_catalog = 'demo'"
                " and table_schema in ('marts', 'reports', 'audits') and table_type = 'BASE TABLE'"
            ).fetchall()
            for schema in {schema for schema, _ in tables}:
                connection.execute(f'create schema "{schema_prefix}{schema}"')
            for schema, table in tables:
                if table not in without:
                    connection.execute(
                        f'create table "{schema_prefix}{schema}"."{table}" as'
                        f" select * from demo.{schema}.{table} limit 0"
                    )
        return path

    return make


def test_a_build_without_conversions_has_a_page(copy_of):
    html = page.fitting_page(data.Build(copy_of()), LIBRARY, "USD", "UTC")
    assert "There are no conversions in the data yet" in html
    content = shown(html)
    assert content["groups"] == {}
    assert content["months"] == []


def test_what_is_switched_off_leaves_its_section_out_and_says_so(copy_of):
    switched_off = ["rpt_time_lag", "rpt_channel_removal", "rpt_model_orders", "rpt_segments"]
    html = page.fitting_page(data.Build(copy_of(*switched_off)), LIBRARY, "USD", "UTC")
    lines = re.findall(
        r'id="(\w+)" aria-labelledby(?:(?!<section).)*?Left out: ([^.]*)', html, re.S
    )
    left_out = dict(lines)
    left_out.pop("findings", None)
    assert left_out == {
        "length": "this build has no rpt_time_lag",
        "removal": "this build has no rpt_channel_removal",
        "segments": "this build has no rpt_segments",
    }


def test_a_build_in_schemas_with_a_prefix_is_found(copy_of):
    assert data.Build(copy_of(schema_prefix="acme_")).prefix == "acme_"


def test_a_file_without_a_build_names_the_remedy(tmp_path):
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    with pytest.raises(SystemExit, match="make build"):
        data.Build(path)


def test_without_a_file_the_script_names_the_remedy(tmp_path):
    result = subprocess.run(
        [sys.executable, ROOT / "scripts/make_report.py", "--db", tmp_path / "none.duckdb"],
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "make build" in result.stderr


def test_an_installing_project_s_settings_win(tmp_path):
    text = (
        "vars: {reporting_timezone: Europe/Paris, assisted_conversions: {reporting_currency: EUR}}"
    )
    (tmp_path / "dbt_project.yml").write_text(text)
    settings = data.settings(tmp_path)
    assert (settings["reporting_currency"], settings["reporting_timezone"]) == (
        "EUR",
        "Europe/Paris",
    )
    assert data.settings(ROOT)["reporting_currency"] == "USD"


def test_the_page_defines_what_it_shows():
    defined = dict(page.definition_list(data.RULE_MODELS))
    assert len(defined) == len(page.DEFINED) + len(data.RULE_MODELS)
    assert all(defined.values())
