"""A pytest plugin: the raw folders that the tests of engines share."""

import pyarrow.parquet as parquet
import pytest
from builds import ROOT
from raw_files import text_table
from reference.inputs import TABLES
from worlds import draw_worlds, pack


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
