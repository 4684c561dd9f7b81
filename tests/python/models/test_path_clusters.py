"""Types of journeys on the demo: by the ends of their paths, whatever the order of rows."""

from collections import Counter
from itertools import groupby

from conftest import fetch

PATHS = "select * from intermediate.int_journey_types where conversion_group = '(all macro)'"


def shape_of(row):
    return row["first_channel"], row["last_channel"], row["is_single_touch"]


def type_of(shape, types):
    """A second, plain reading of the rule: types are in order of their journeys."""
    first, last, is_single = shape
    alike = [other for other in types if other[2] == is_single]
    same_last = [other for other in alike if other[1] == last]
    same_first = [other for other in alike if other[0] == first]
    return shape if shape in types else next(iter(same_last + same_first), None)


def test_each_path_is_of_the_type_that_the_rule_names(demo_db):
    paths = fetch(demo_db, PATHS)
    sizes = Counter()
    for row in paths:
        sizes[shape_of(row)] += row["journeys"]
    assert len(sizes) > 30
    types = sorted(sizes, key=lambda shape: (-sizes[shape], shape))[:10]
    for row in paths:
        due = type_of(shape_of(row), types)
        assert row["journey_type"] == (types.index(due) + 1 if due else None)


def test_a_typical_path_is_the_one_that_most_journeys_with_its_ends_took(demo_db):
    journeys = Counter()
    paths = fetch(
        demo_db,
        """
        select path from marts.fct_conversions where is_attributed and conversion_class = 'macro'
        union all
        select path from marts.fct_non_converting_journeys where conversion_group = '(all macro)'
        """,
    )
    for row in paths:
        path = row["path"].split(" > ")
        journeys[path[0], path[-1], len(path) == 1, tuple(path)] += 1
    typical = [row for row in fetch(demo_db, PATHS) if row["is_typical"]]
    shown = {
        row["cluster_name"]: row["typical_path"]
        for row in fetch(demo_db, "select * from reports.rpt_path_clusters")
    }
    assert len(typical) == 10
    for row in typical:
        shape = shape_of(row)
        ways = {path: count for (*ends, path), count in journeys.items() if tuple(ends) == shape}
        # The most frequent; of several the shortest, then the first as text.
        due = min(ways, key=lambda path: (-ways[path], len(path), " > ".join(path)))
        assert row["path"] == " > ".join(due)
        assert shown[name_of(row)] == collapsed(due)


def name_of(row):
    first, last, is_single = shape_of(row)
    return (
        f"{first} only" if is_single else f"{first} {'back to' if first == last else 'to'} {last}"
    )


def collapsed(path):
    runs = [(channel, len(list(touches))) for channel, touches in groupby(path)]
    return " > ".join(f"{channel} x{n}" if n > 1 else channel for channel, n in runs)


def test_the_demo_s_types_differ_in_how_often_they_convert(demo_db):
    rows = fetch(demo_db, "select * from reports.rpt_path_clusters")
    by_name = {row["cluster_name"]: row for row in rows}
    assert len(rows) >= 8
    assert by_name["Paid Social to Direct"]["conversion_rate"] > 0.9
    assert by_name["Direct only"]["conversion_rate"] < 0.3
    value = {name: row["conversion_value"] for name, row in by_name.items()}
    assert max(value, key=value.get) == "Organic Search to Email"
