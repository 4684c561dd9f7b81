"""Kinds of journeys on the demo: told apart, and the same whatever the order of rows."""

from collections import Counter
from itertools import groupby

from conftest import fetch

SHAPES = """
    select first_channel, last_channel, path_length = 1 as is_single_touch, journeys
    from intermediate.int_path_totals
    where conversion_group = '(all macro)'
"""


def kind_of(shape, kinds):
    """A second, plain reading of the rule: kinds are in order of their journeys."""
    first, last, is_single = shape
    alike = [kind for kind in kinds if kind[2] == is_single]
    same_last = [kind for kind in alike if kind[1] == last]
    same_first = [kind for kind in alike if kind[0] == first]
    return shape if shape in kinds else next(iter(same_last + same_first), (None, None, is_single))


def test_each_shape_is_in_the_kind_that_the_rule_names(demo_db):
    sizes = Counter()
    for row in fetch(demo_db, SHAPES):
        sizes[row["first_channel"], row["last_channel"], row["is_single_touch"]] += row["journeys"]
    kinds = sorted(sizes, key=lambda shape: (-sizes[shape], shape))[:10]
    found = fetch(
        demo_db,
        "select * from intermediate.int_journey_kinds where conversion_group = '(all macro)'",
    )
    assert len(found) == len(sizes) > 30
    for row in found:
        shape = (row["first_channel"], row["last_channel"], row["is_single_touch"])
        kind = (row["kind_first_channel"], row["kind_last_channel"], row["is_single_touch"])
        assert kind == kind_of(shape, kinds)


def test_a_typical_path_is_one_that_most_journeys_of_its_kind_took(demo_db):
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
        journeys[path[0], path[-1], len(path) == 1, collapsed(path)] += 1
    most = Counter()
    for (*shape, _), count in journeys.items():
        most[tuple(shape)] = max(most[tuple(shape)], count)
    typical = fetch(
        demo_db,
        "select * from intermediate.int_typical_paths where conversion_group = '(all macro)'",
    )
    assert len(typical) == 10
    for row in typical:
        shape = (row["first_channel"], row["last_channel"], row["is_single_touch"])
        assert journeys[*shape, row["typical_path"]] == most[shape]


def collapsed(path):
    runs = [(channel, len(list(touches))) for channel, touches in groupby(path)]
    return " > ".join(f"{channel} x{n}" if n > 1 else channel for channel, n in runs)


def test_the_demo_s_kinds_are_told_apart(demo_db):
    rows = fetch(demo_db, "select * from reports.rpt_path_clusters")
    by_name = {row["cluster_name"]: row for row in rows}
    assert len(rows) >= 8
    assert by_name["Paid Social to Direct"]["conversion_rate"] > 0.9
    assert by_name["Direct only"]["conversion_rate"] < 0.3
    value = {name: row["conversion_value"] for name, row in by_name.items()}
    assert max(value, key=value.get) == "Organic Search to Email"
