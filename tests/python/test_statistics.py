"""The simulations of `make test-statistics` on few worlds, where only large faults show."""

import sys

import pytest
from conftest import ROOT

sys.path.append(str(ROOT / "tests/statistics"))
import run  # noqa: E402


@pytest.mark.parametrize("topic", run.topics())
def test_few_worlds_are_not_far_from_what_is_promised(topic):
    simulation = run.load(topic)
    rows = list(simulation.rows(simulation.FEW_WORLDS, simulation.SLACK))
    assert rows
    assert [row for row in rows if not row["passes"]] == []
    assert f"<!-- statistics: {topic} -->" in run.DOCS.read_text()
