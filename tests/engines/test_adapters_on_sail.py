"""Adapters on Sail: the samples of tools' tables become the rows that people expect.

`make test-engines` runs this in an environment of its own.
"""

import pytest
from sample_tables import made_of_samples
from samples import EXPECTED, made_and_due

pytest.importorskip("pysail", reason="the tests of engines run by `make test-engines`")
from sail_server import running_sail  # noqa: E402


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sail")
    with running_sail(folder) as sail, made_of_samples(sail) as connection:
        yield connection


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_sample_becomes_the_expected_rows(built, path):
    made, due = made_and_due(path, built, path.stem)
    assert made == due
