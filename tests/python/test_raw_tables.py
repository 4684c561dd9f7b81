"""Where raw tables come from, and what the profile has to do with it: files, tables, models."""

import os

import duckdb
import pytest
from builds import copy_project, dbt_command
from conftest import ROOT, build_or_fail, fetch, run_dbt, write_csv
from databases import database_differences
from raw_files import text_table
from reference.inputs import TABLES
from worlds import draw_worlds, pack

STAGING = ["--exclude-resource-type", "test", "--select", "+path:models/staging"]
SESSIONS = ["--exclude-resource-type", "test", "--select", "+stg_sessions"]
WITHOUT_TESTS = ["--exclude-resource-type", "test"]
PLAIN_PROFILE = """
assisted_conversions:
  target: plain
  outputs:
    plain:
      type: duckdb
      path: "{{ env_var('ATTRIBUTION_DB') }}"
"""
SALT = "a-secret-salt"


@pytest.fixture(scope="module")
def raw():
    return pack(draw_worlds(15, seed=77))


@pytest.fixture(scope="module")
def plain_profile(tmp_path_factory):
    """The options of a profile as any project has it: no settings, no plugins."""
    folder = tmp_path_factory.mktemp("profile")
    (folder / "profiles.yml").write_text(PLAIN_PROFILE)
    return ["--profiles-dir", str(folder)]


@pytest.fixture(scope="module")
def files_db(raw, tmp_path_factory):
    """A whole build from files, under this project's own profile."""
    folder = tmp_path_factory.mktemp("files")
    build_or_fail(write_csv(folder / "raw", raw), folder / "attribution.duckdb", *WITHOUT_TESTS)
    return folder / "attribution.duckdb"


def staged(db_path):
    """All rows of the staging models, as texts."""
    return {
        table: sorted(map(repr, fetch(db_path, f"from staging.stg_{table}"))) for table in TABLES
    }


def load_tables(db_path, schema, raw, names=None):
    """Raw tables as tables of the database that will be built."""
    with duckdb.connect(str(db_path)) as connection:
        connection.execute(f"create schema {schema}")
        for table in names or TABLES:
            connection.register("rows", text_table(raw.get(table, []), TABLES[table]))
            connection.execute(f"create table {schema}.{table} as from rows")


def message_of(result):
    assert result.returncode != 0
    return result.stdout + result.stderr


def written(db_path):
    """The tables and views of a database that a run may have begun to write."""
    return db_path.exists() and fetch(
        db_path, "select * from information_schema.tables where table_schema <> 'main'"
    )


# ---------------------------------------------------------------------------- profile


def test_a_plain_profile_in_another_time_zone_gives_the_same(
    raw, files_db, plain_profile, tmp_path
):
    raw_dir, db_path = write_csv(tmp_path / "raw", raw), tmp_path / "attribution.duckdb"
    build_or_fail(raw_dir, db_path, *WITHOUT_TESTS, *plain_profile, env={"TZ": "America/New_York"})
    found = database_differences(db_path, files_db)
    assert not found, "\n".join(found[:20])


def test_a_salt_that_the_profile_does_not_hand_over_stops_the_run(raw, plain_profile, tmp_path):
    raw_dir, db_path = write_csv(tmp_path / "raw", raw), tmp_path / "attribution.duckdb"
    made = ["--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")]
    env = {"ATTRIBUTION_EMAIL_SALT": SALT}
    message = message_of(run_dbt(raw_dir, db_path, *plain_profile, *made, env=env))
    assert "ATTRIBUTION_EMAIL_SALT" in message
    assert "module_paths: [dbt_packages/assisted_conversions/scripts]" in message
    assert "plugins: [{module: duckdb_email_salt}]" in message
    assert not written(db_path)
    assert SALT not in message
    assert not files_with(SALT, tmp_path)


def test_the_salt_is_in_no_file(raw, tmp_path):
    raw_dir, db_path = write_csv(tmp_path / "raw", raw), tmp_path / "attribution.duckdb"
    made = ["--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")]
    result = build_or_fail(raw_dir, db_path, *made, *SESSIONS, env={"ATTRIBUTION_EMAIL_SALT": SALT})
    assert (tmp_path / "target/manifest.json").exists()
    assert SALT not in result.stdout + result.stderr
    assert not files_with(SALT, tmp_path)


def files_with(text, folder):
    return [
        path for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()
    ]


# ---------------------------------------------------------------------------- tables


def test_tables_of_another_schema_agree_with_files(raw, files_db, tmp_path):
    db_path = tmp_path / "attribution.duckdb"
    load_tables(db_path, "landing", raw)
    variables = {"raw_location": "tables", "raw_schema": "landing"}
    build_or_fail(tmp_path / "nowhere", db_path, *STAGING, vars=variables)
    assert staged(db_path) == staged(files_db)
    assert not fetch(db_path, "from duckdb_schemas() where schema_name in ('raw', 'raw_files')")


def test_tables_of_a_second_file_agree_with_files(raw, files_db, tmp_path):
    load_tables(tmp_path / "shop.duckdb", "landing", raw)
    attach = f"      attach: [{{path: {tmp_path}/shop.duckdb, alias: shop, read_only: true}}]\n"
    (tmp_path / "profiles.yml").write_text(PLAIN_PROFILE + attach)
    variables = {"raw_location": "tables", "raw_database": "shop", "raw_schema": "landing"}
    db_path = tmp_path / "attribution.duckdb"
    profile = ["--profiles-dir", str(tmp_path)]
    build_or_fail(tmp_path / "nowhere", db_path, *STAGING, *profile, vars=variables)
    assert staged(db_path) == staged(files_db)


def test_each_table_may_come_from_elsewhere(raw, files_db, tmp_path):
    db_path = tmp_path / "attribution.duckdb"
    load_tables(db_path, "raw", raw, ["conversions"])
    with duckdb.connect(str(db_path)) as connection:
        connection.execute("alter table raw.conversions rename to deals")
    variables = {
        "raw_location": {"default": "files", "conversions": "tables"},
        "raw_identifiers": {"conversions": "deals"},
    }
    raw_dir = write_csv(tmp_path / "raw", raw | {"conversions": [{"left": "here"}]})
    build_or_fail(raw_dir, db_path, *STAGING, vars=variables)
    assert staged(db_path) == staged(files_db)
    views = fetch(db_path, "select view_name from duckdb_views() where schema_name = 'raw_files'")
    assert {row["view_name"] for row in views} == set(raw) - {"conversions"}
    assert fetch(db_path, "select table_name from duckdb_tables() where schema_name = 'raw'") == [
        {"table_name": "deals"}
    ]


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"raw_location": "tables"}, ["table `sessions` is absent from", '"raw"."sessions"']),
        (
            {
                "raw_location": {"orders": "tables"},
                "raw_models": {"visits": "x"},
                "raw_identifiers": {"clicks": "x"},
            },
            [
                "`raw_location` names `orders`",
                "`raw_models` names `visits`",
                "`raw_identifiers` names `clicks`",
                "allowed are: ad_clicks, ad_spend, conversions",
            ],
        ),
        (
            {"raw_location": {"sessions": "folder"}},
            ["Var `raw_location`", "`files`, `tables`, or a mapping"],
        ),
    ],
    ids=["absent_table", "unknown_tables", "unknown_place"],
)
def test_a_wrong_place_stops_before_anything_is_written(variables, words, raw, tmp_path):
    raw_dir, db_path = write_csv(tmp_path / "raw", raw), tmp_path / "attribution.duckdb"
    message = message_of(run_dbt(raw_dir, db_path, vars=variables))
    assert all(word in message for word in words), message
    assert not written(db_path)


# ---------------------------------------------------------------------------- models


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of this project with models that stand for raw tables."""
    folder = tmp_path_factory.mktemp("models") / "project"
    copy_project(folder)
    own = folder / "models/own"
    own.mkdir()
    for name, columns in {"my_sessions": "*", "without_time": "* exclude (started_at)"}.items():
        (own / f"{name}.sql").write_text(f"select {columns} from landing.sessions\n")
    return ["--project-dir", str(folder)]


def test_a_raw_table_may_be_a_model(raw, files_db, project, tmp_path):
    db_path = tmp_path / "attribution.duckdb"
    load_tables(db_path, "landing", raw, ["sessions"])
    raw_dir = write_csv(tmp_path / "raw", raw | {"sessions": [{"left": "here"}]})
    variables = {"raw_models": {"sessions": "my_sessions"}}
    build_or_fail(raw_dir, db_path, *project, *STAGING, vars=variables)
    assert staged(db_path) == staged(files_db)


def test_a_model_without_a_required_column_fails_the_model_that_reads_it(raw, project, tmp_path):
    db_path = tmp_path / "attribution.duckdb"
    load_tables(db_path, "landing", raw, ["sessions"])
    raw_dir = write_csv(tmp_path / "raw", raw)
    variables = {"raw_models": {"sessions": "without_time"}}
    message = message_of(run_dbt(raw_dir, db_path, *project, *STAGING, vars=variables))
    assert "base_sessions" in message
    assert "table `sessions` lacks the required column `started_at`; add or rename it" in message
    assert fetch(
        db_path, "select count(*) > 0 as is_built from staging.base_conversions_priced"
    ) == [{"is_built": True}]


def test_an_empty_build_limits_a_raw_table_that_is_a_model(raw, project, tmp_path):
    db_path = tmp_path / "attribution.duckdb"
    load_tables(db_path, "landing", raw, ["sessions"])
    raw_dir = write_csv(tmp_path / "raw", raw)
    variables = {"raw_models": {"sessions": "my_sessions"}}
    build_or_fail(raw_dir, db_path, *project, *SESSIONS, "--empty", vars=variables)
    assert not fetch(db_path, "from staging.stg_sessions")


# ---------------------------------------------------------------------------- freshness


def test_freshness_knows_the_newest_row_of_each_place(tmp_path):
    session = {"session_id": "s", "visitor_id": "v", "loaded_at": "2026-05-01T10:00:00+02:00"}
    db_path = tmp_path / "attribution.duckdb"
    load_tables(db_path, "raw", {"sessions": [session]}, ["sessions"])
    raw_dir = write_csv(tmp_path / "raw", {"conversions": [
        {"conversion_id": "c", "visitor_id": "v", "conversion_type": "lead",
         "converted_at": "2026-05-02"},
    ]})  # fmt: skip
    result = dbt_command(
        "source", "freshness", "--profiles-dir", ROOT, "--project-dir", ROOT,
        "--target-path", tmp_path / "target", "--log-path", tmp_path / "logs",
        "--vars", "{raw_location: {sessions: tables}}",
        cwd=ROOT,
        env=os.environ | {"ATTRIBUTION_RAW_DIR": str(raw_dir), "ATTRIBUTION_DB": str(db_path)},
    )  # fmt: skip
    rows = fetch(db_path, "select table_name, latest_loaded_at from run_log.raw_freshness")
    newest = {row["table_name"]: str(row["latest_loaded_at"]) for row in rows}
    assert newest == {"sessions": "2026-05-01 08:00:00", "conversions": "2026-05-02 00:00:00"}
    assert "ERROR STALE" in result.stdout
