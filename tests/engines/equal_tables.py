"""Compares one table as two engines made it, row for row."""

import json
import math
from collections import defaultdict
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa

CENT = Decimal("0.005")
SMALL = 1e-9
# Rows that differ are paired with the most alike of so many, and so many lines are told.
CANDIDATES = 200
LINES = 20


def differences(expected: pa.Table, found: pa.Table, name: str) -> list[str]:
    """What differs between two tables in words, a line for each row; the order of rows is ignored.

    Texts, dates, timestamps, booleans and whole numbers must be equal, amounts to the cent, other
    numbers to 1e-9 of their size, or of 1 if that is more. What is not a number counts as null.
    """
    lines = [f"{name}: column {column} is missing"
             for column in expected.column_names if column not in found.column_names]  # fmt: skip
    lines += [f"{name}: column {column} is not due"
              for column in found.column_names if column not in expected.column_names]  # fmt: skip
    if expected.num_rows != found.num_rows:
        lines.append(f"{name}: {expected.num_rows} rows due, {found.num_rows} found")
    columns = [column for column in expected.column_names if column in found.column_names]
    about = [is_fractional(expected, column) or is_fractional(found, column) for column in columns]
    due, have = without_pairs(rows_of(expected, columns), rows_of(found, columns), about)
    for row, other, differing in alike(due, have, about):
        if other is None:
            lines.append(f"{name}: missing is {told(columns, row)}")
        elif row is None:
            lines.append(f"{name}: not due is {told(columns, other)}")
        else:
            values = [f"{columns[i]} due {row[i]!r}, found {other[i]!r}" for i in differing]
            lines.append(f"{name} {told(columns[:4], row)}: {'; '.join(values)}")
    rest = len(lines) - LINES
    return lines[:LINES] + ([f"{name}: and {rest} more differences"] if rest > 0 else [])


def is_fractional(table, column):
    """Whether numbers of the column are compared to a tolerance."""
    kind = table.schema.field(column).type
    return pa.types.is_floating(kind) or (pa.types.is_decimal(kind) and kind.scale > 0)


def rows_of(table, columns):
    """The rows as tuples of comparable values."""
    values = [[comparable(value) for value in table.column(name).to_pylist()] for name in columns]
    return list(zip(*values)) if columns else []


def comparable(value):
    """The same value for the same content, whatever type an engine has for it."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, datetime) and value.tzinfo:
        return value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if isinstance(value, (list, dict)):
        return json.dumps(value, default=str, sort_keys=True)
    return value


def without_pairs(due, have, about):
    """The rows of each side that have no equal on the other side."""
    exact = [i for i, is_about in enumerate(about) if not is_about]
    groups = defaultdict(list)
    for row in have:
        groups[tuple(row[i] for i in exact)].append(row)
    for group in groups.values():
        group.sort(key=sort_key, reverse=True)
    missing = []
    for row in sorted(due, key=sort_key):
        group = groups[tuple(row[i] for i in exact)]
        # Sorted alike, so that the last one is almost always the right one.
        place = next(
            (p for p in reversed(range(len(group))) if not differing(row, group[p], about)), None
        )
        if place is None:
            missing.append(row)
        else:
            del group[place]
    return missing, [row for group in groups.values() for row in group]


def sort_key(row):
    return [(value is None, type(value).__name__ in ("str", "date", "datetime"), str(value))
            if not isinstance(value, (int, float, Decimal)) else (False, False, float(value))
            for value in row]  # fmt: skip


def differing(row, other, about):
    return [i for i, (left, right) in enumerate(zip(row, other)) if not same(left, right, about[i])]


def same(left, right, is_about):
    if left is None or right is None or not is_about:
        return left == right and isinstance(left, bool) == isinstance(right, bool)
    if isinstance(left, float) or isinstance(right, float):
        return math.isclose(left, right, rel_tol=SMALL, abs_tol=SMALL)
    return abs(left - right) <= CENT


def alike(due, have, about):
    """Pairs of rows that differ in less than half of their columns; the other rows alone."""
    rest = list(have)
    for row in due:
        compared = [(differing(row, other, about), place)
                    for place, other in enumerate(rest[:CANDIDATES])]  # fmt: skip
        columns, place = min(compared, key=lambda pair: len(pair[0]), default=(row, None))
        if len(columns) * 2 < len(row):
            yield row, rest.pop(place), columns
        else:
            yield row, None, []
    for other in rest:
        yield None, other, []


def told(columns, row):
    return ", ".join(f"{column}={value}" for column, value in zip(columns, row))
