"""A pytest plugin: raw folders that the tests of engines share, and what DuckDB makes of them."""

import conftest
import pyarrow.parquet as parquet
import pytest
from builds import ROOT
from duckdb_tables import built_on_duckdb
from raw_files import text_table
from reference.inputs import TABLES
from worlds import draw_worlds, pack

# A fixture of tests/python, for those here too.
shared_folder = conftest.shared_folder


@pytest.fixture(scope="session")
def demo():
    """The raw folder of the demo's cut."""
    return ROOT / "target/demo_cut"


@pytest.fixture(scope="session")
def odd(tmp_path_factory):
    """A raw folder with one row for each odd value, limits of keys, and drawn worlds."""
    folder = tmp_path_factory.mktemp("odd")
    raw = pack(draw_worlds(15, seed=16))
    for table, columns in TABLES.items():
        parquet.write_table(text_table(raw.get(table, []), columns), folder / f"{table}.parquet")
    return folder


@pytest.fixture(scope="session")
def demo_on_duckdb(demo, shared_folder):
    return conftest.built_once(
        shared_folder, "demo_on_duckdb", lambda out: built_on_duckdb(demo, out)
    )


@pytest.fixture(scope="session")
def odd_on_duckdb(odd, shared_folder):
    return conftest.built_once(
        shared_folder, "odd_on_duckdb", lambda out: built_on_duckdb(odd, out)
    )
