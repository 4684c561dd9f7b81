"""The dashboards in a browser: every chart, filters, figures beside SQL, a run while they are open.

`make test-dashboard` runs this; it makes the environment of Superset and finds a Chromium.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import contextmanager

import duckdb
import pytest
import yaml
from conftest import ROOT, build_or_fail, run_dbt

sys.path.insert(0, str(ROOT / "dashboards"))
from make_assets import Definitions  # noqa: E402

SUPERSET = ROOT / "target/dashboard_venv/bin/python"
BROWSER = ROOT / "tests/dashboard/superset.mjs"
SCREENSHOTS = ROOT / "target/test/screenshots"
DEMO = ROOT / "target/demo_cut"
DEFINITIONS = Definitions()
WITHOUT_TESTS = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
GROUP = "(all macro)"
LEFT_OUT = "reports.rpt_model_orders"


def publish(built, published):
    """As `make publish` does it."""
    command = [sys.executable, ROOT / "scripts/publish.py", built, published]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


class Dashboards:
    """Dashboards that are open on a published file."""

    def __init__(self, folder, output):
        self.published = folder / "target/published/attribution.duckdb"
        self.state = folder / "state"
        self.port, self.output = free_port(), output

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def visit(self, *visits):
        """What stands on the screen after each visit."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        arguments = [self.address, self.state / "password", SCREENSHOTS, json.dumps(visits)]
        result = subprocess.run(["node", BROWSER, *arguments], capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    def figures(self, *visits):
        """The text of each big number and the rows of each table, by visit and title."""
        return [
            {chart["title"]: chart["number"] or chart["rows"] for chart in seen["charts"]}
            for seen in self.visit(*visits)
        ]

    def sql(self, query):
        """Rows of a query on the published file."""
        with duckdb.connect(str(self.published), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def value(self, query):
        return self.sql(query)[0][0]


@contextmanager
def started(folder):
    """Start the dashboards as `make dashboard` does, beside the file that they read."""
    output = folder / "output.txt"
    dashboards = Dashboards(folder, output)
    with output.open("w") as log:
        process = subprocess.Popen(
            [
                SUPERSET, ROOT / "dashboards/start.py", dashboards.published,
                "--state", dashboards.state, "--port", str(dashboards.port),
            ],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )  # fmt: skip
    try:
        for _ in range(240):
            assert process.poll() is None, output.read_text()[-4000:]
            try:
                urllib.request.urlopen(f"{dashboards.address}/health")
                break
            except OSError:
                time.sleep(1)
        yield dashboards
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The demo database, as a run leaves it."""
    path = tmp_path_factory.mktemp("built") / "attribution.duckdb"
    build_or_fail(DEMO, path, *WITHOUT_TESTS)
    return path


@pytest.fixture(scope="module")
def folder(built, tmp_path_factory):
    """A folder with the published file, where the database asset expects it."""
    folder = tmp_path_factory.mktemp("dashboards")
    publish(built, folder / "target/published/attribution.duckdb")
    return folder


@pytest.fixture(scope="module")
def after_a_model_was_off(folder):
    """The first start, on a file without one of the tables: what it said and what it showed."""
    published = folder / "target/published/attribution.duckdb"
    whole = published.with_suffix(".whole")
    shutil.copy(published, whole)
    with duckdb.connect(str(published)) as connection:
        connection.execute(f"drop table {LEFT_OUT}")
    with started(folder) as dashboards:
        (seen,) = dashboards.visit({"slug": "models"})
        output = dashboards.output.read_text()
    whole.replace(published)
    return output, seen


@pytest.fixture(scope="module")
def dashboards(folder, after_a_model_was_off):
    with started(folder) as dashboards:
        yield dashboards


def test_a_chart_of_what_is_switched_off_says_so(after_a_model_was_off):
    output, seen = after_a_model_was_off
    line = f"left out, for there is no table {LEFT_OUT}"
    assert line in output
    assert line in seen["text"]
    assert "Which Markov order fits" not in [chart["title"] for chart in seen["charts"]]
    assert not [chart for chart in seen["charts"] if chart["error"]]


def test_login_is_random_and_hidden(dashboards):
    password = dashboards.state / "password"
    secret = dashboards.state / "secret_key"
    assert password.stat().st_mode & 0o777 == secret.stat().st_mode & 0o777 == 0o600
    assert dashboards.state.stat().st_mode & 0o777 == 0o700
    assert len(password.read_text()) >= 32
    assert password.read_text() in dashboards.output.read_text()
    assert secret.read_text() not in dashboards.output.read_text()


@pytest.fixture(scope="module")
def seen(dashboards):
    """All dashboards as they open, by slug."""
    visits = dashboards.visit(*[{"slug": slug} for slug in DEFINITIONS.dashboards])
    return {visit["slug"]: visit for visit in visits}


def rows_behind(dashboards, chart):
    """How many rows of its dataset a chart has to show for the group that is chosen."""
    asset = ROOT / f"dashboards/superset/datasets/assisted_conversions/{chart['data']}.yaml"
    conditions = [chart.get("where", "true")]
    if DEFINITIONS.follows(chart["data"], "conversion_group"):
        conditions.append(f"conversion_group = '{GROUP}'")
    query = yaml.safe_load(asset.read_text())["sql"]
    return dashboards.value(f"select count(*) from ({query}) where {' and '.join(conditions)}")


@pytest.mark.parametrize("slug", DEFINITIONS.dashboards)
def test_every_chart_shows_its_data_and_its_note(dashboards, seen, slug):
    dashboard = DEFINITIONS.dashboards[slug]
    on_screen = {chart["title"]: chart for chart in seen[slug]["charts"]}
    text = " ".join(seen[slug]["text"].split())
    for chart in [chart for row in dashboard["rows"] for chart in row["charts"]]:
        title = chart["title"]
        assert on_screen[title]["error"] is None, title
        has_data = rows_behind(dashboards, chart) > 0
        assert on_screen[title]["isEmpty"] != has_data, title
        shown = [on_screen[title][key] for key in ("isDrawn", "number", "rows")]
        assert any(shown) == has_data, title
        assert chart["note"].strip() in text, title


CONVERSIONS = """
    select count(*) from marts.fct_conversions
    where conversion_class = 'macro'
"""
ASSISTS = """
    select count(*) from marts.fct_assisted_conversions
    where conversion_class = 'macro' and channel = 'Email' and {role}
"""
FIGURES = {
    ("overview", "Conversions"): CONVERSIONS,
    ("overview", "Value"): """
        select sum(conversion_value) from marts.fct_conversions where conversion_class = 'macro'
    """,
    ("overview", "Assisted"): """
        select 100.0 * avg(case when path_length >= 2 then 1 else 0 end)
        from marts.fct_conversions where conversion_class = 'macro'
    """,
    ("overview", "No path"): """
        select 100.0 * avg(case when path_length = 0 then 1 else 0 end)
        from marts.fct_conversions where conversion_class = 'macro'
    """,
    ("overview", "Channels", "Email", 1): ASSISTS.format(role="true"),
    ("overview", "Channels", "Email", 2): ASSISTS.format(role="is_assist"),
    ("overview", "Channels", "Email", 3): ASSISTS.format(role="is_last"),
    ("overview", "Channels", "Email", 6): """
        select sum(assisted_value) from marts.fct_assisted_conversions
        where conversion_class = 'macro' and channel = 'Email'
    """,
    ("roles", "Ratio of assists to closes, with intervals", "Email", 4): """
        select assist_to_last_ratio from reports.rpt_channel_assists
        where conversion_group = '(all macro)' and channel = 'Email'
    """,
    ("costs", "Cost"): "select sum(cost) from marts.fct_ad_spend_daily",
    ("costs", "Cost per assisted conversion"): """
        select (select sum(cost) from marts.fct_ad_spend_daily) / count(distinct conversion_key)
        from marts.fct_assisted_conversions where conversion_class = 'macro' and is_assist
    """,
    ("costs", "Costs by channel", "Paid Search", 1): """
        select sum(cost) from marts.fct_ad_spend_daily where channel = 'Paid Search'
    """,
    ("quality", "Raw rows rejected"): "select count(*) from audits.audit_rejected_rows",
    ("quality", "Conversions that don't count"): """
        select count(*) from audits.audit_excluded_conversions
    """,
}


def as_number(text):
    return float(text.replace(",", "").rstrip("%"))


def decimals(text):
    return len(text.rstrip("%").partition(".")[2])


@pytest.mark.parametrize("place", FIGURES, ids=lambda place: " ".join(map(str, place)))
def test_figure_on_screen_equals_sql(dashboards, seen, place):
    slug, title, *cell = place
    chart = next(chart for chart in seen[slug]["charts"] if chart["title"] == title)
    text = chart["number"]
    if cell:
        row, column = cell
        text = next(cells for cells in chart["rows"] if cells[0] == row)[column]
    expected = float(dashboards.value(FIGURES[place]))
    assert as_number(text) == pytest.approx(expected, abs=0.51 * 10 ** -decimals(text))


def test_filters_change_figures_and_count_each_conversion_once(dashboards, seen):
    before = next(c["number"] for c in seen["overview"]["charts"] if c["title"] == "Conversions")
    # Each choice with the condition on fct_conversions that it means.
    took_part = (
        "conversion_key in (select conversion_key from marts.fct_assisted_conversions"
        " where channel = '{}')"
    )
    macro = "conversion_class = 'macro'"
    choices = [
        ({"conversion_group": "purchase"}, "conversion_type = 'purchase'"),
        ({"channel": "Email"}, f"{macro} and {took_part.format('Email')}"),
        ({"device_type": "mobile"}, f"{macro} and device_type = 'mobile'"),
        ({"first_or_repeat": "repeat"}, f"{macro} and conversion_number > 1"),
        (
            {"dates": ["2026-01-01", "2026-02-01"], "channel": "Direct", "device_type": "desktop"},
            f"{macro} and conversion_date >= '2026-01-01' and conversion_date < '2026-02-01'"
            f" and device_type = 'desktop' and {took_part.format('Direct')}",
        ),
    ]
    shown = dashboards.figures(*[{"slug": "overview", "filters": chosen} for chosen, _ in choices])
    for figures, (chosen, condition) in zip(shown, choices):
        assert figures["Conversions"] != before, chosen
        conversions, value = dashboards.sql(
            f"select count(*), sum(conversion_value) from marts.fct_conversions where {condition}"
        )[0]
        assert as_number(figures["Conversions"]) == conversions, chosen
        assert abs(as_number(figures["Value"]) - float(value)) <= 0.51, chosen


def test_a_run_and_open_dashboards_do_not_hinder_each_other(dashboards, built):
    """A run writes, and its result is published, while pages ask for data the whole time."""
    (before,) = dashboards.figures({"slug": "overview"})
    published = dashboards.published
    errors, visits, stop = [], [], threading.Event()

    def keep_looking():
        while not stop.is_set():
            for seen in dashboards.visit({"slug": "overview"}, {"slug": "roles"}):
                visits.append(seen["slug"])
                errors.extend(chart for chart in seen["charts"] if chart["error"])

    visitor = threading.Thread(target=keep_looking)
    visitor.start()
    try:
        run = run_dbt(DEMO, built, "--select", "fct_conversions+1", *WITHOUT_TESTS)
        assert run.returncode == 0, run.stdout[-4000:]
        with duckdb.connect(str(built)) as connection:
            connection.execute("delete from marts.fct_conversions where device_type = 'mobile'")
        assert "Published" in publish(built, published)
    finally:
        stop.set()
        visitor.join()
    (after,) = dashboards.figures({"slug": "overview"})
    assert visits
    assert errors == []
    assert as_number(after["Conversions"]) == dashboards.value(CONVERSIONS)
    assert as_number(after["Conversions"]) < as_number(before["Conversions"])


def test_names_that_others_wrote_show_as_text(dashboards, built):
    """What stands in a campaign's link or a channel's name neither runs nor breaks a page."""
    script, long, hebrew = "<script>alert(1)</script>", "long name " * 50, "חנות מקוונת"
    tables = ["fct_assisted_conversions", "fct_assisted_conversions_by_campaign"]
    with duckdb.connect(str(built)) as connection:
        for table in tables:
            for channel, name in [("Email", long), ("Direct", hebrew), ("Referral", script)]:
                connection.execute(
                    f"update marts.{table} set channel = ? where channel = ?", [name, channel]
                )
        connection.execute(f"update marts.{tables[1]} set campaign = ?", [script])
    publish(built, dashboards.published)
    seen = dashboards.visit({"slug": "overview"}, {"slug": "roles"}, {"slug": "paths"})
    assert [chart for visit in seen for chart in visit["charts"] if chart["error"]] == []
    channels = next(c["rows"] for c in seen[0]["charts"] if c["title"] == "Channels")
    assert {long.strip(), hebrew} <= {row[0] for row in channels}
