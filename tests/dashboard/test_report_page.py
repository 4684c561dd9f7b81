"""The one-file report in a browser: what it shows, with which keys, and to whom."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, build_or_fail, fetch, write_csv

sys.path.insert(0, str(ROOT / "scripts"))
from report import data, page  # noqa: E402

# The fixture of a built demo is that of the other Python tests.
pytest_plugins = ["conftest"]

HERE = Path(__file__).parent
LIBRARY = ROOT / "target/report_library"
WITHOUT_CHART = {"findings", "overview", "segments", "quality", "definitions"}
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "وسائل التواصل المدفوعة",
    "x" * 500,
    "=cmd|' /C calc'!A0",
    "${alert(1)} {{ 7 * 7 }} datum['constructor']",
]


@pytest.fixture(scope="session")
def library():
    sys.path.insert(0, str(LIBRARY))
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


def browse(html, folder, width=1280, scheme="light"):
    """What report_page.mjs finds on the page."""
    path = folder / "report.html"
    path.write_text(html, encoding="utf-8")
    result = subprocess.run(
        ["node", HERE / "report_page.mjs", path, str(width), scheme, folder],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def demo_page(demo_db, library):
    return page.fitting_page(data.Build(demo_db), library, "USD", "UTC")


@pytest.fixture(scope="module")
def wide(demo_page, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wide")
    return browse(demo_page, folder) | {"folder": folder}


@pytest.fixture(scope="module")
def dark_phone(demo_page, tmp_path_factory):
    return browse(demo_page, tmp_path_factory.mktemp("phone"), width=360, scheme="dark")


@pytest.mark.parametrize("looks", ["wide", "dark_phone"])
def test_every_section_is_there_and_nothing_fails(looks, request):
    found = request.getfixturevalue(looks)
    assert found["problems"] == []
    for name, section in found["sections"].items():
        assert section["broken"] == 0, name
        if section["missing"] or name == "definitions":
            continue
        assert section["files"] == section["tables"] > 0, name
        if name not in WITHOUT_CHART:
            assert section["charts"] > 0, name
    assert {name for name, section in found["sections"].items() if section["missing"]} <= {
        "findings"
    }


@pytest.mark.parametrize("looks", ["wide", "dark_phone"])
def test_axe_finds_nothing(looks, request):
    assert request.getfixturevalue(looks)["violations"] == []


@pytest.mark.parametrize("looks", ["wide", "dark_phone"])
def test_nothing_scrolls_sideways(looks, request):
    found = request.getfixturevalue(looks)
    assert (found["overflow"], found["openOverflow"]) == (0, 0)


def test_charts_draw_text_as_text(wide):
    assert wide["texts"] > 200


def test_light_and_dark_differ(wide, dark_phone):
    def brightness(colour):
        return sum(map(int, colour.strip("rgb()").split(",")))

    (light_paper, light_ink), (dark_paper, dark_ink) = wide["colours"], dark_phone["colours"]
    assert brightness(light_paper) > 600 > brightness(light_ink)
    assert brightness(dark_paper) < 150 < brightness(dark_ink)


def test_keys_reach_the_filters_first(wide):
    assert wide["stops"][:5] == ["Skip to the report", "group", "from", "to", "All data"]


def tiles_in_sql(db, group, months=None):
    """The figures of the overview, computed from the facts."""
    where = f"conversion_class = '{group.strip('()').split()[1]}'"
    if months:
        where += f" and strftime(conversion_date, '%Y-%m') in ({str(months)[1:-1]})"
    (row,) = fetch(
        db,
        f"""
        select
            count(*) as conversions, sum(conversion_value) as conversion_value,
            count(*) filter (where is_assisted) / count(*) as assisted_share,
            sum(path_length) / count(*) filter (where is_attributed) as touches,
            count(*) filter (where not is_attributed) as unattributed
        from marts.fct_conversions where {where}
        """,
    )
    return {name: float(value) for name, value in row.items()}


def test_filters_change_the_figures_to_those_of_the_facts(wide, demo_db):
    def without_cost(tiles):
        return {name: value for name, value in tiles.items() if name != "cost"}

    of_months, of_month = wide["ofMonths"], wide["ofMonth"]
    keyboard = wide["byKeyboard"]
    for tiles, expected in [
        (wide["tiles"], tiles_in_sql(demo_db, "(all macro)")),
        (keyboard["tiles"], tiles_in_sql(demo_db, keyboard["group"])),
        (of_months["tiles"], tiles_in_sql(demo_db, "(all macro)", of_months["months"])),
        (of_month["tiles"], tiles_in_sql(demo_db, "(all macro)", [of_month["month"]])),
    ]:
        assert without_cost(tiles) == pytest.approx(expected, rel=1e-9)
    assert keyboard["group"] == "(all micro)"
    assert "micro" in keyboard["status"]
    assert wide["reset"] == wide["tiles"]


def test_every_conversion_group_has_its_charts(wide, demo_db):
    groups = {
        row["conversion_group"]
        for row in fetch(demo_db, "select conversion_group from reports.rpt_channel_assists")
    }
    assert set(wide["groups"]) == groups
    assert all(found["charts"] > 10 and not found["broken"] for found in wide["groups"].values())


def test_what_does_not_add_up_says_all_data(wide):
    scopes = {name: section["scopes"] for name, section in wide["ofMonths"]["sections"].items()}
    for name in (
        "overview",
        "roles",
        "ratios",
        "length",
        "trends",
        "costs",
        "campaigns",
        "contents",
    ):
        assert len(scopes[name]) == 1
        assert " to " in scopes[name][0], name
    for name in ("windows", "removal", "segments", "quality"):
        assert scopes[name] == ["All data"], name


def test_months_never_run_backwards(wide):
    assert wide["turned"]["from"] == wide["turned"]["to"]


def test_a_table_and_its_file_equal_the_report(wide, demo_db):
    expected = {
        row["channel"]: [row["conversions"], row["assisted_conversions"], row["last_conversions"]]
        for row in fetch(
            demo_db,
            "select * from reports.rpt_channel_assists_by_month where conversion_group ="
            f" '(all macro)' and conversion_month = '{wide['ofMonth']['month']}'"
            " and channel not in ('(total)', '(unattributed)') and conversions > 0",
        )
    }
    table = {
        row[0]: [int(cell.replace(",", "")) for cell in row[1:4]]
        for row in wide["rolesTable"]
        if row[1] != "0"
    }
    assert table == expected
    with (wide["folder"] / "roles.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    found = {
        line["Channel"]: [int(line[name]) for name in ("Takes part in", "Assisted", "Closed")]
        for line in lines
        if line["Takes part in"] != "0"
    }
    assert found == expected
    assert wide["file"]["name"].startswith("roles_-all-macro-_")


def test_a_bubble_says_what_it_is(wide):
    assert "Assisted:" in wide["tooltip"]


def test_it_can_be_printed(wide):
    assert (wide["folder"] / "report.pdf").stat().st_size > 100_000


def with_hostile_names(content, channels):
    """The demo's data with so many channels, and names that would break a careless page."""
    names = [HOSTILE[i % len(HOSTILE)] + f" {i}" for i in range(channels)]
    tables = content["tables"]
    for table in tables.values():
        if "channel" in table:
            size = len(table["channel"])
            table["channel"] = [
                one if one is None or one.startswith("(") else names[i % channels]
                for i, one in enumerate(table["channel"])
            ]
            for column in ("campaign", "value", "source"):
                if column in table:
                    table[column] = [HOSTILE[i % len(HOSTILE)] for i in range(size)]
    for name, column in [
        ("paths", "path_collapsed"), ("flows", "first_channel"), ("pairs", "closing_channel"),
        ("contents", "value"), ("removal", "channels"), ("segments", "segment_value"),
    ]:  # fmt: skip
        size = len(tables[name][column])
        tables[name][column] = [names[i % channels] for i in range(size)]
    return content | {"channels": names}


@pytest.mark.parametrize("channels", [1, 60])
def test_hostile_names_and_any_number_of_channels(demo_db, library, tmp_path, channels):
    content = data.page_data(data.Build(demo_db), data.Limits())
    html = page.render(with_hostile_names(content, channels), library, "USD", "UTC")
    found = browse(html, tmp_path, width=390)
    assert found["problems"] == []
    assert found["violations"] == []
    assert (found["overflow"], found["openOverflow"]) == (0, 0)
    assert all(section["broken"] == 0 for section in found["sections"].values())


def test_a_raw_folder_of_one_channel_with_hostile_campaigns(library, tmp_path):
    raw = {
        "sessions": [
            {
                "session_id": f"s{i}", "visitor_id": f"v{i // 2}",
                "started_at": f"2026-01-{1 + i % 20:02}T10:00:00Z", "utm_source": "facebook",
                "utm_medium": "paid_social", "utm_campaign": HOSTILE[i % 4],
            }
            for i in range(24)
        ],
        "conversions": [
            {
                "conversion_id": f"c{i}", "visitor_id": f"v{i}", "conversion_type": "purchase",
                "converted_at": "2026-01-25T10:00:00Z", "value": "20",
            }
            for i in range(8)
        ],
    }  # fmt: skip
    db_path = tmp_path / "one.duckdb"
    build_or_fail(write_csv(tmp_path / "raw", raw), db_path, vars={"data_driven": False})
    html = page.fitting_page(data.Build(db_path), library, "EUR", "UTC")
    found = browse(html, tmp_path)
    assert found["problems"] == []
    assert found["violations"] == []
    assert found["tiles"]["conversions"] == 8
    assert found["sections"]["campaigns"]["charts"] == 1
    assert "rpt_channel_removal" in found["sections"]["removal"]["missing"]


def test_a_build_without_rows(demo_db, library, tmp_path):
    path = tmp_path / "empty.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{demo_db}' as demo (read_only)")
        for schema in ("marts", "reports", "audits"):
            connection.execute(f"create schema {schema}")
        for schema, table in connection.execute(
            "select table_schema, table_name from information_schema.tables where table_catalog ="
            " 'demo' and table_schema in ('marts', 'reports', 'audits')"
        ).fetchall():
            connection.execute(
                f"create table {schema}.{table} as from demo.{schema}.{table} limit 0"
            )
    found = browse(page.fitting_page(data.Build(path), library, "USD", "UTC"), tmp_path)
    assert found["problems"] == []
    assert found["violations"] == []
