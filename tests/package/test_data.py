"""The package installed in a project that feeds it raw rows: from files, tables and models."""

import re
import shutil

import duckdb
import pytest
from conftest import build_or_fail, fetch
from consumer import LANDING_NAMES, PACKAGE, WITHOUT_TESTS, Consumer
from databases import database_differences
from stories import change_rows, start

pytest_plugins = ["installed"]

SCHEMAS = {
    "marts", "reports", "audits", "staging", "intermediate", "seeds", "run_log", "raw_files",
}  # fmt: skip


def changed():
    raw = start()
    change_rows(raw)
    return raw


def told(output):
    """The lines that a build ends with, by their titles."""
    lines = [line.partition("  ")[2].strip() for line in output.splitlines()]
    titles = re.compile("(Conversions|Assisted|Most|First|Since|Raw|Warnings|Where to look)\\b.*: ")
    return dict(line.split(": ", 1) for line in lines if titles.match(line))


@pytest.fixture(scope="module")
def first(tmp_path_factory, packages):
    """A consumer after its first build, what became of each node, and what was printed."""
    shop = Consumer(tmp_path_factory.mktemp("files"), packages)
    shop.load(start())
    printed = shop.dbt("--warn-error", "build")
    return shop, shop.statuses(), shop.schemas(), told(printed)


@pytest.fixture(scope="module")
def second_told(first):
    """The consumer after a second build, on new rows, and what was printed."""
    shop = first[0]
    shop.load(changed())
    return shop, told(shop.dbt("build"))


@pytest.fixture(scope="module")
def second(second_told):
    return second_told[0]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory, second):
    """The database of this project on its own, built from the same rows."""
    db_path = tmp_path_factory.mktemp("alone") / "alone.duckdb"
    build_or_fail(second.raw_dir, db_path, *WITHOUT_TESTS)
    return db_path


@pytest.fixture
def fed(tmp_path, packages):
    """A consumer whose raw rows are in the schema `landing`, and in no file."""
    shop = Consumer(tmp_path, packages)
    shop.load(changed())
    shutil.rmtree(shop.raw_dir)
    return shop


def test_dbt_deps_installs_the_package(installed):
    assert (installed / PACKAGE / "dbt_project.yml").exists()
    assert (installed / "dbt_utils/dbt_project.yml").exists()


def test_the_first_build_gives_no_warning(first):
    _, statuses, _, _ = first
    assert set(statuses.values()) <= {"success", "pass"}
    assert statuses["model.shop.closing_channels"] == "success"


def test_the_packages_data_tests_pass(first):
    _, statuses, _, _ = first
    tests = {name for name in statuses if name.startswith(f"test.{PACKAGE}.")}
    assert len(tests) > 50
    assert {statuses[name] for name in tests} == {"pass"}


def test_schemas_have_plain_names(first):
    _, _, schemas, _ = first
    assert schemas == SCHEMAS | {"landing", "main_own"}


def test_a_build_ends_with_the_figures_of_the_tables_just_built(first):
    shop, _, _, lines = first
    (row,) = fetch(
        shop.db_path,
        "select conversions from run_log.runs where run_number = 1",
    )
    assert lines["Conversions"].startswith(f"{row['conversions']:,} (all macro), worth ")
    assert lines["Since the last run"] == "this is the first one"
    assert lines["Warnings"] == "none"
    assert lines["Where to look"] == (
        "reports.rpt_findings, reports.rpt_channel_assists, audits.audit_rejected_rows"
    )
    assert {"Assisted", "Most assists", "Most closes", "First finding", "Raw rows"} <= set(lines)


def test_a_build_tells_what_changed_since_the_run_before(second_told):
    shop, lines = second_told
    before, now = (
        row["conversions"]
        for row in fetch(
            shop.db_path,
            "select conversions from run_log.runs where run_number <= 2 order by run_number",
        )
    )
    (change,) = [text for title, text in lines.items() if title.startswith("Since run 1 ")]
    assert change.startswith(f"{now - before:+,} conversions" if now != before else "no change")


def test_new_rows_change_a_part_of_the_facts(second):
    sql = second.run_sql(PACKAGE)["models/marts/fct_conversion_touches.sql"].lower()
    assert "delete from" in sql
    assert "insert into" in sql
    assert "create or replace table" not in sql


def test_a_build_on_new_rows_equals_a_full_one(second, rebuilt):
    found = database_differences(second.db_path, rebuilt)
    assert not found, "\n".join(found)


def test_a_run_without_new_rows_reads_no_session_and_changes_no_person(second, rebuilt):
    # A run without snapshots is not complete, so what it marked as changed would stay marked.
    second.dbt("run")
    sql = second.compiled_sql(PACKAGE, "models/staging/base/base_sessions_parsed.sql")
    assert "and false" in sql
    for table in ("staging.base_session_parts", "intermediate.int_person_fingerprints"):
        keys = fetch(
            second.db_path, f"select is_changed, count(*) > 1 as many from {table} group by 1"
        )
        assert keys == [{"is_changed": False, "many": True}]
    found = database_differences(second.db_path, rebuilt)
    assert not found, "\n".join(found)


def test_raw_tables_come_from_another_schema(fed, rebuilt):
    fed.configure(
        vars={
            "raw_location": "tables",
            "raw_schema": "landing",
            "raw_identifiers": LANDING_NAMES,
        }
    )
    fed.dbt("build", *WITHOUT_TESTS)
    found = database_differences(fed.db_path, rebuilt)
    assert not found, "\n".join(found)


def test_times_do_not_depend_on_the_time_zone_of_the_session(fed, rebuilt):
    fed.configure(
        vars={
            "raw_location": "tables",
            "raw_schema": "landing",
            "raw_identifiers": LANDING_NAMES,
        }
    )
    fed.set_time_zone("Asia/Kolkata")
    with duckdb.connect(str(fed.db_path)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        # In a file, the date of a conversion alone is the end of that day.
        for column, time in (
            ("landing.web_visits.started_at", "00:00:00"),
            ("landing.orders_of_all_shops.converted_at", "23:59:59.999999"),
        ):
            table, _, name = column.rpartition(".")
            connection.execute(
                f"alter table {table} alter {name} type timestamptz using "
                f"if(length({name}) = 10, {name} || ' {time}', {name})::timestamptz"
            )
    fed.dbt("build", *WITHOUT_TESTS)
    found = database_differences(fed.db_path, rebuilt)
    assert not found, "\n".join(found)


def test_raw_tables_come_from_models_of_the_consumer(fed, rebuilt):
    fed.configure(
        vars={
            "raw_location": "tables",
            "raw_schema": "landing",
            "raw_models": {"sessions": "my_sessions", "conversions": "my_conversions"},
        }
    )
    fed.dbt("build", *WITHOUT_TESTS)
    found = database_differences(fed.db_path, rebuilt)
    assert not found, "\n".join(found)


def test_the_newest_dbt_utils_installs_and_parses(tmp_path):
    shop = Consumer(tmp_path)
    if shop.run("deps").returncode != 0:
        pytest.skip("the package hub is out of reach")
    shop.dbt("--warn-error", "parse")
