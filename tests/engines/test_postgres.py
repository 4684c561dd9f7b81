"""The project on Postgres: its public tables equal DuckDB's, and its data tests pass.

`make test-engines` runs this in an environment of its own.
"""

import pytest
from duckdb_tables import assert_equal, before_the_last_month, raw_tables
from postgres_server import postgres_programs, running_postgres

pytest.importorskip(
    "dbt.adapters.postgres", reason="the tests of engines run by `make test-engines`"
)
from postgres_tables import Postgres  # noqa: E402

pytest_plugins = ["raw_sets"]
BUILD = ["build", "--exclude-resource-type", "unit_test"]
# The other way to find persons.
IN_SQL = ["--vars", "components_in: sql"]
WITHOUT_TESTS = [*BUILD, "--exclude-resource-type", "test"]


@pytest.fixture(scope="module")
def server():
    programs = postgres_programs()
    if programs is None:
        pytest.skip("Postgres is not installed")
    with running_postgres(programs) as folder:
        yield folder


def test_a_build_and_new_rows_lead_where_duckdb_does(server, demo, demo_on_duckdb, tmp_path):
    postgres = Postgres(server, "demo", tmp_path)
    tables = raw_tables(demo)
    postgres.load(before_the_last_month(tables))
    postgres.dbt(*WITHOUT_TESTS)
    postgres.load(tables)
    postgres.dbt(*BUILD)
    assert_equal(postgres, demo_on_duckdb)


def test_tables_of_odd_values_are_those_of_duckdb(server, odd, odd_on_duckdb, tmp_path):
    postgres = Postgres(server, "odd", tmp_path)
    postgres.load(raw_tables(odd))
    postgres.dbt(*BUILD, *IN_SQL)
    assert_equal(postgres, odd_on_duckdb)


def test_the_salt_stands_in_no_file_of_dbt(server, odd, tmp_path):
    postgres = Postgres(server, "salted", tmp_path)
    postgres.load(raw_tables(odd))
    select = ["--select", "+stg_identity_links", "+base_sessions"]
    postgres.dbt(*BUILD, *select, env={"ATTRIBUTION_EMAIL_SALT": "grain of 'salt'"})
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if b"grain of" in path.read_bytes()]
