"""The project on Sail, which speaks Spark's SQL: its public tables equal DuckDB's.

`make test-engines` runs this in an environment of its own.
"""

import pytest
from duckdb_tables import assert_equal, before_the_last_month, raw_tables

pytest.importorskip("pysail", reason="the tests of engines run by `make test-engines`")
from sail_server import running_sail  # noqa: E402

pytest_plugins = ["raw_sets"]
BUILD = ["build", "--exclude-resource-type", "unit_test"]
# The other way to find persons.
IN_SQL = ["--vars", "components_in: sql"]
WITHOUT_TESTS = [*BUILD, "--exclude-resource-type", "test"]


# A server for each test: the snapshot of figures outlives a full refresh.
@pytest.fixture
def sail(tmp_path):
    with running_sail(tmp_path) as server:
        yield server


def test_a_build_and_new_rows_lead_where_duckdb_does(sail, demo, demo_on_duckdb, tmp_path):
    tables = raw_tables(demo)
    sail.load(before_the_last_month(tables))
    sail.dbt(*WITHOUT_TESTS, "--full-refresh")
    sail.load(tables)
    sail.dbt(*BUILD)
    assert_equal(sail, demo_on_duckdb)


def test_tables_of_odd_values_are_those_of_duckdb(sail, odd, odd_on_duckdb, tmp_path):
    sail.load(raw_tables(odd))
    sail.dbt(*BUILD, *IN_SQL, "--full-refresh")
    assert_equal(sail, odd_on_duckdb)
