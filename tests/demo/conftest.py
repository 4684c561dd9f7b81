"""The whole demo, built once for all tests of this folder."""

import duckdb
import pytest
from conftest import ROOT, build_or_fail


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The database that `make build` makes of the demo data."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    build_or_fail(ROOT / "target/demo_data", path)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection
