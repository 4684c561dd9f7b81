"""Types of journeys on the demo: by the ends of their paths, whatever the order of rows."""

from collections import Counter
from itertools import groupby

from conftest import fetch

PATHS = "select * from intermediate.int_journey_types where conversion_group = '(all macro)'"


def shape_of(row):
    return row["first_channel"], row["last_channel"], row["is_single_touch"]


def type_of(shape, types):
    """A second, plain reading of the rule: rare shapes go by their last channel, or nowhere."""
    if shape in types:
        return shape
    return None if shape[2] else f"other paths to {shape[1]}"


def largest_types(paths):
    sizes = Counter()
    for row in paths:
        sizes[shape_of(row)] += row["journeys"]
    assert len(sizes) > 30
    return sorted(sizes, key=lambda shape: (-sizes[shape], shape))[:10]


def test_each_path_is_of_the_type_that_the_rule_names(demo_db):
    paths = fetch(demo_db, PATHS)
    types = largest_types(paths)
    pairs = {(type_of(shape_of(row), types), row["journey_type"]) for row in paths}
    # One number for each type, and one type for each number; none where there is none.
    assert len({due for due, _ in pairs}) == len({number for _, number in pairs}) == len(pairs)
    assert (None, None) in pairs
    assert {(shape, number + 1) for number, shape in enumerate(types)} <= pairs


def test_a_typical_path_is_the_one_that_most_journeys_of_its_type_took(demo_db):
    rows = fetch(demo_db, PATHS)
    types = largest_types(rows)
    journeys = Counter()
    for row in fetch(
        demo_db,
        """
        select path from marts.fct_conversions where is_attributed and conversion_class = 'macro'
        union all
        select path from marts.fct_non_converting_journeys where conversion_group = '(all macro)'
        """,
    ):
        path = tuple(row["path"].split(" > "))
        journeys[type_of((path[0], path[-1], len(path) == 1), types), path] += 1
    typical = [row for row in rows if row["is_typical"]]
    shown = {
        row["cluster_name"]: row["typical_path"]
        for row in fetch(demo_db, "select * from reports.rpt_path_clusters")
    }
    assert len(typical) == len({kind for kind, _ in journeys if kind})
    for row in typical:
        own = type_of(shape_of(row), types)
        ways = {path: count for (kind, path), count in journeys.items() if kind == own}
        # The most frequent; of several the shortest, then the first as text.
        due = min(ways, key=lambda path: (-ways[path], len(path), " > ".join(path)))
        assert row["path"] == " > ".join(due)
        assert shown[own if isinstance(own, str) else name_of(row)] == collapsed(due)


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
    assert 0.25 < by_name["Paid Social to Direct"]["conversion_rate"] < 0.5
    assert by_name["Paid Social only"]["conversion_rate"] < 0.02
    # Deals are opened by search and closed by email.
    deals, purchases = by_name["Organic Search to Email"], by_name["Paid Social to Direct"]
    value = [row["conversion_value"] / row["conversions"] for row in (deals, purchases)]
    assert value[0] > 5 * value[1]
