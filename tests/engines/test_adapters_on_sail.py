"""Adapters on Sail: the samples of tools' tables become the rows that they become on DuckDB.

`make test-engines` runs this in an environment of its own.
"""

import json

import duckdb
import pytest
from samples import ADAPTERS, EXPECTED, assert_expected, tables_of

pytest.importorskip("pysail", reason="the tests of engines run by `make test-engines`")
from sail_server import running_sail  # noqa: E402

SELECTED = ["--select", "+assisted_conversions.sources"]
BUILD = ["build", *SELECTED, "--exclude-resource-type", "unit_test"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A connection to DuckDB that knows what Sail made of the samples, with all adapters on."""
    with running_sail(tmp_path_factory.mktemp("sail")) as sail, duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        for adapter in ADAPTERS:
            sail.load(tables_of(adapter), schema=adapter)
        # A schema each, whatever the tool calls it.
        settings = {"adapters": {adapter: {"schema": adapter} for adapter in ADAPTERS}}
        sail.dbt(*BUILD, "--vars", json.dumps(settings))
        for path in EXPECTED:
            connection.register(path.stem, sail.read(f"sources.{path.stem}"))
        yield connection


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_sample_becomes_the_expected_rows(built, path):
    assert_expected(path, built, path.stem)
