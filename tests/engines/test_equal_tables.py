"""The comparison of engines finds what differs, and nothing else."""

from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from equal_tables import differences

NOON = datetime(2026, 5, 1, 12)


def table(**columns):
    return pa.table(columns)


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (table(id=["b", "a"], number=[2, 1]), table(number=[1, 2], id=["a", "b"])),
        (table(share=[0.1 + 0.2, None]), table(share=[float("nan"), 0.3])),
        (table(share=[1e15, 1.0]), table(share=[1.0, 1e15 + 1])),
        (table(value=[Decimal("1.0000")]), table(value=[Decimal("1.0049")])),
        (table(rows=[3, None]), table(rows=[None, Decimal(3)])),
        (table(at=[NOON]), table(at=[NOON.replace(tzinfo=UTC)])),
        (table(names=[["a", "b"]]), table(names=[["a", "b"]])),
        (table(group=["a", "a"], share=[0.5, 0.25]), table(group=["a", "a"], share=[0.25, 0.5])),
    ],
)
def test_equal_tables_have_no_differences(expected, found):
    assert differences(expected, found, "report") == []


@pytest.mark.parametrize(
    ("expected", "found", "lines"),
    [
        (table(a=[1], b=[2]), table(a=[1], c=[2]),
         ["report: column b is missing", "report: column c is not due"]),
        (table(a=["x", "x"]), table(a=["x"]),
         ["report: 2 rows due, 1 found", "report: missing is a=x"]),
        (table(a=["x"]), table(a=["y"]), ["report: missing is a=x", "report: not due is a=y"]),
        (table(a=["x"], b=[""], c=[1]), table(a=["x"], b=[None], c=[1]),
         ["report a=x, b=, c=1: b due '', found None"]),
        (table(a=["x"], b=["y"], c=[0.5]), table(a=["x"], b=["y"], c=[0.500001]),
         ["report a=x, b=y, c=0.5: c due 0.5, found 0.500001"]),
        (table(a=[True]), table(a=[1]), ["report: missing is a=True", "report: not due is a=1"]),
        (table(a=list(range(30))), table(a=list(range(100, 130))),
         [*(f"report: missing is a={number}" for number in range(20)),
          "report: and 40 more differences"]),
    ],
)  # fmt: skip
def test_what_differs_is_told(expected, found, lines):
    assert differences(expected, found, "report") == lines
