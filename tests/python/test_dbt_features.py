"""dbt's own ways to run a part of the project do what dbt's documentation says.

Every test starts from copies of one production database, built before the raw rows changed, and
most end where a first build of the changed rows does. The project is cut down to the facts, a
report and the history of figures: every way in which a table is made is among these.
"""

import os
import shutil

import duckdb
import pytest
import yaml
from builds import WITHOUT_TESTS, builds_in, dbt_command
from conftest import fetch, write_csv
from databases import PUBLIC_SCHEMAS, database_differences, public_tables, stored_tables
from raw_files import typed_table, write_parquet
from stories import change_rows, start

MODIFIED = "models/reports/rpt_top_paths.sql"
BROKEN = "models/marts/fct_conversion_touches.sql"
# A developer's target: the same file, with a prefix before every schema.
DEVELOPER = """
    developer:
      <<: *duckdb
      schema: dev
"""
# What facts and the report read of that folder.
AGGREGATES = ["int_campaign_credits_daily", "int_collapsed_paths", "int_touch_values"]
# dbt clones tables of DuckDB as views; it refuses that for these, or can't load a seed afterwards.
NOT_CLONED = ["--exclude", "resource_type:seed", "resource_type:snapshot", "path:python_models"]
SAMPLE = "{'start': '2025-06-01', 'end': '2025-06-08'}"


class Workplace:
    """A folder with a project copy, raw folders, and databases in folders of their own."""

    def __init__(self, builds):
        self.builds, self.folder = builds, builds.folder
        self.project = self.folder / "project"
        self.cut_down()
        profiles = self.project / "profiles.yml"
        profiles.write_text(profiles.read_text() + DEVELOPER)
        raw = start()
        write_csv(self.folder / "raw_at_first", raw)
        change_rows(raw)
        write_csv(self.folder / "raw", raw)
        write_parquet(
            self.folder / "raw_typed",
            {name: typed_table(name, rows, None) for name, rows in raw.items()},
        )

    def cut_down(self):
        """Switches off what is neither a fact, nor a report, nor the history, nor read by one."""
        path = self.project / "dbt_project.yml"
        content = yaml.safe_load(path.read_text())
        content["vars"]["data_driven"] = False
        models = content["models"]["assisted_conversions"]
        models["intermediate"] |= {"aggregates": {}, "int_assist_trends": {"+enabled": False}}
        for folder, kept in (
            (models["reports"], ["rpt_top_paths"]),
            (models["audits"], ["audit_restatements"]),
            (models["intermediate"]["aggregates"], AGGREGATES),
        ):
            folder |= {"+enabled": False} | {name: {"+enabled": True} for name in kept}
        path.write_text(yaml.safe_dump(content))

    def db_path(self, name):
        return self.builds.db_path(name)

    def target(self, name):
        return self.folder / name / "target"

    def copied(self, name, new_name):
        """A copy of a database and of dbt's target folder beside it."""
        shutil.rmtree(self.folder / new_name, ignore_errors=True)
        shutil.copytree(self.folder / name, self.folder / new_name)
        return new_name

    def run(self, name, *args, raw="raw", env=None):
        """dbt on a database; a model's SQL as it ran is then in the target folder beside it."""
        self.db_path(name).parent.mkdir(exist_ok=True)
        return dbt_command(
            "--quiet", *args,
            cwd=self.project,
            env=os.environ
            | {
                "ATTRIBUTION_RAW_DIR": str(self.folder / raw),
                "ATTRIBUTION_DB": str(self.db_path(name)),
                "ATTRIBUTION_TEMP_DIR": str(self.folder / "spilled"),
                "DBT_PROFILES_DIR": ".",
                "DBT_TARGET_PATH": str(self.target(name)),
                "DBT_LOG_PATH": str(self.folder / "logs"),
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            }
            | (env or {}),
        )  # fmt: skip

    def dbt(self, name, *args, **kwargs):
        """As `run`, but it must succeed."""
        result = self.run(name, *args, **kwargs)
        assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]

    def build(self, name, *args, raw="raw"):
        """`dbt build`, by the server: as by the command line, but for the files that state is."""
        return self.builds.build(name, self.folder / raw, *args)

    def edited(self, model, text):
        """Adds text to a model of the copy, and returns what puts it back."""
        path = self.project / model
        before = path.read_text()
        path.write_text(before + text)
        return lambda: path.write_text(before)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workplace with two whole builds: `production`, before raw rows changed, and `rebuilt`."""
    place = Workplace(builds_in(tmp_path_factory.mktemp("features")))
    place.dbt("production", "build", *WITHOUT_TESTS, raw="raw_at_first")
    place.build("rebuilt")
    return place


def sql_of(target, model):
    """The SQL that the last run sent for a model, in lower case."""
    return (target / "run/assisted_conversions" / model).read_text().lower()


def assert_rebuilt(place, db_path, only=None):
    found = database_differences(db_path, place.db_path("rebuilt"), only)
    assert not found, "\n".join(found)


def test_state_modified_with_defer_builds_beside_production(place):
    production = place.db_path("production")
    written_at = production.stat().st_mtime_ns
    put_back = place.edited(MODIFIED, "-- modified\n")
    place.dbt(
        "branch", "build", *WITHOUT_TESTS, "--target", "pull_request", "--defer",
        "--select", "state:modified+", "--state", place.target("production"), raw="raw_at_first",
        env={
            "ATTRIBUTION_PRODUCTION_DB": str(production),
            "ATTRIBUTION_DB": str(place.folder / "branch/branch.duckdb"),
        },
    )  # fmt: skip
    put_back()
    branch = place.folder / "branch/branch.duckdb"
    built = "select schema_name, table_name from duckdb_tables() where schema_name != 'run_log'"
    assert fetch(branch, built) == [{"schema_name": "reports", "table_name": "rpt_top_paths"}]
    rows = [fetch(path, "from reports.rpt_top_paths order by all") for path in (branch, production)]
    assert rows[0]
    assert rows[0] == rows[1]
    assert production.stat().st_mtime_ns == written_at


def test_a_retry_finishes_a_failed_run(place):
    name = place.copied("production", "retried")
    put_back = place.edited(BROKEN, "select nothing from nowhere\n")
    failed = place.run(name, "build", *WITHOUT_TESTS)
    put_back()
    assert failed.returncode == 1
    assert "fct_conversion_touches" in failed.stdout
    place.dbt(name, "retry")
    assert_rebuilt(place, place.db_path(name))
    sql = sql_of(place.target(name), BROKEN)
    assert "delete from" in sql
    assert "insert into" in sql


@pytest.mark.parametrize(
    ("selection", "damaged"),
    [
        ("fct_assisted_conversions", ["fct_assisted_conversions"]),
        ("fct_conversion_touches+", ["fct_conversions", "fct_channel_performance_daily"]),
    ],
)
def test_a_full_refresh_makes_what_is_selected_from_scratch(place, selection, damaged):
    name = place.copied("rebuilt", "refreshed")
    with duckdb.connect(str(place.db_path(name))) as connection:
        for table in damaged:
            connection.execute(f"delete from marts.{table}")
    place.build(name, "--full-refresh", "--select", selection)
    assert_rebuilt(place, place.db_path(name))
    for table in damaged:
        sql = sql_of(place.folder / "target", f"models/marts/{table}.sql")
        assert "create" in sql
        assert "delete from" not in sql


def test_a_clone_is_built_on_beside_production(place, tmp_path):
    name = place.copied("production", "cloned")
    state = place.target("production")
    place.dbt(name, "clone", *NOT_CLONED, "--target", "developer", "--state", state)
    before = without_prefix(place.db_path(name), "dev_", tmp_path / "before.duckdb")
    found = database_differences(before, place.db_path("production"))
    assert not found, "\n".join(found)
    place.dbt(name, "build", *WITHOUT_TESTS, "--target", "developer")
    assert_rebuilt(place, without_prefix(place.db_path(name), "dev_", tmp_path / "after.duckdb"))
    found = database_differences(place.db_path(name), place.db_path("production"))
    assert not found, "\n".join(found)


def without_prefix(db_path, prefix, copy):
    """A database with the public tables of a file whose schemas have a prefix."""
    with duckdb.connect(str(copy)) as connection:
        connection.execute(f"attach '{db_path}' as attribution (read_only)")
        for schema in PUBLIC_SCHEMAS:
            connection.execute(f"create schema {schema}")
            tables = connection.execute(
                """
                select table_name from information_schema.tables
                where table_catalog = 'attribution' and table_schema = ?
                """,
                [prefix + schema],
            ).fetchall()
            assert tables
            for (table,) in tables:
                source = f"attribution.{prefix}{schema}.{table}"
                connection.execute(f"create table {schema}.{table} as from {source}")
    return copy


def test_an_empty_run_reads_no_rows_and_the_next_one_all(place):
    place.build("empty", "--empty")
    db_path = place.db_path("empty")
    with duckdb.connect(str(db_path), read_only=True) as connection:
        facts = [table for table in stored_tables(connection) if ".fct_" in table]
        rows = {table: len(connection.table(table).fetchall()) for table in facts}
    with duckdb.connect(str(place.db_path("rebuilt")), read_only=True) as connection:
        assert {table for table in public_tables(connection) if ".fct_" in table} >= set(facts)
    assert len(facts) >= 8
    assert set(rows.values()) == {0}
    place.build("empty")
    assert_rebuilt(place, db_path)


def test_a_sample_has_the_rows_of_its_days_and_the_next_run_all(place):
    place.build("sampled", "--sample", SAMPLE, raw="raw_typed")
    query = "select distinct touched_at::date::text as day from marts.fct_touchpoints order by day"
    days, all_days = (
        [row["day"] for row in fetch(place.db_path(name), query)] for name in ("sampled", "rebuilt")
    )
    assert days == [day for day in all_days if "2025-06-01" <= day < "2025-06-08"]
    assert days
    place.build("sampled", raw="raw_typed")
    assert_rebuilt(place, place.db_path("sampled"))
