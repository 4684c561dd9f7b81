"""Kinds of journeys: named by content, the same from run to run."""

import numpy as np
import pandas as pd
import pytest
from conftest import fetch


def steps(paths, group="(all macro)", showable=lambda journeys: True):
    """Rows as of int_path_steps, from a mapping of paths to journeys."""
    return pd.DataFrame(
        [
            {
                "path_id": identifier,
                "touch_position": position,
                "conversion_group": group,
                "channel": channel,
                "journeys": journeys,
                "is_showable": showable(journeys),
            }
            for identifier, (path, journeys) in enumerate(paths.items())
            for position, channel in enumerate(path.split(), start=1)
        ],
        columns=["path_id", "touch_position", "conversion_group", "channel", "journeys",
                 "is_showable"],
    )  # fmt: skip


def of_path(table, paths, column):
    """The column by path."""
    return dict(zip(paths, table.sort_values("path_id")[column]))


@pytest.mark.parametrize(
    ("path", "name", "text"),
    [
        ("A", "A only", "A"),
        ("A A A", "A repeatedly", "A x3"),
        ("A B", "A to B", "A > B"),
        ("A A B", "A to B", "A x2 > B"),
        ("A B A", "A back to A via B", "A > B > A"),
        ("A B C B D", "A to D via B, C", "A > B > C > B > D"),
    ],
)
def test_a_path_in_words(clusters, path, name, text):
    assert clusters.cluster_name(tuple(path.split())) == name
    assert clusters.collapsed_path(tuple(path.split())) == text


def test_like_paths_share_the_cluster_of_their_typical_path(clusters):
    paths = {"A B": 90, "A A B": 20, "A A A B": 4, "C": 80, "C C": 9, "D E D": 50, "D E E D": 5}
    table = clusters.path_clusters(steps(paths))
    # As many clusters as pairs of ends at the most: here those of the three kinds, and C C.
    names = of_path(table, paths, "cluster_name")
    assert names["A B"] == names["A A B"] == names["A A A B"] == "A to B"
    assert names["D E D"] == names["D E E D"] == "D back to D via E"
    assert names["C"] == "C only"
    assert of_path(table, paths, "typical_path")["A A B"] == "A > B"


def test_two_clusters_of_one_name_are_named_by_their_paths(clusters):
    paths = pd.DataFrame(
        {
            "channels": [("A", "A", "B"), ("A", "B"), ("C",)],
            "cluster": [0, 1, 2],
            "is_showable": True,
        }
    )
    assert list(clusters.named_clusters(paths)["cluster_name"]) == ["A x2 > B", "A > B", "C only"]


def test_a_cluster_without_a_path_of_enough_persons_has_no_name(clusters):
    paths = {"A B": 50, "C D": 2, "C C D": 1}
    table = clusters.path_clusters(steps(paths, showable=lambda journeys: journeys >= 3))
    assert of_path(table, paths, "cluster_name") == {
        "A B": "A to B",
        "C D": "(other journeys)",
        "C C D": "(other journeys)",
    }
    assert table["typical_path"].notna().sum() == 1


def test_few_or_equal_paths_need_no_ten_clusters(clusters):
    assert list(clusters.path_clusters(steps({"A": 3}))["cluster_name"]) == ["A only"]
    table = clusters.path_clusters(steps({"A B": 1, "B A": 1, "A B B A": 1}))
    assert len(table) == 3


def test_no_rows_give_an_empty_table_of_the_same_columns(clusters):
    table = clusters.path_clusters(steps({}))
    assert table.empty
    assert {name: str(kind) for name, kind in table.dtypes.items()} == clusters.OUTPUT_SCHEMA


def test_groups_are_clustered_apart(clusters):
    first, second = steps({"A B": 5, "A": 3}), steps({"B": 4}, group="purchase")
    second["path_id"] += 10
    both = clusters.path_clusters(pd.concat([first, second]))
    apart = pd.concat([clusters.path_clusters(first), clusters.path_clusters(second)])
    pd.testing.assert_frame_equal(both, apart)


# ---------------------------------------------------------------------------- the demo


@pytest.fixture(scope="module")
def demo_steps(demo_db):
    return pd.DataFrame(fetch(demo_db, "select * from intermediate.int_path_steps"))


@pytest.fixture(scope="module")
def demo_names(clusters, demo_steps):
    return clusters.path_clusters(demo_steps).set_index("path_id")["cluster_name"].sort_index()


def test_the_order_of_rows_and_the_numbers_of_paths_change_nothing(
    clusters, demo_steps, demo_names
):
    rows = demo_steps.sample(frac=1, random_state=1)
    rows["path_id"] = 10_000_000 - rows["path_id"]
    table = clusters.path_clusters(rows)
    names = table.assign(path_id=10_000_000 - table["path_id"]).set_index("path_id")
    pd.testing.assert_series_equal(names["cluster_name"].sort_index(), demo_names)


@pytest.mark.parametrize("seed", range(3))
def test_some_journeys_less_leave_nearly_all_where_they_were(
    clusters, demo_steps, demo_names, seed
):
    journeys = demo_steps.drop_duplicates("path_id").set_index("path_id")["journeys"]
    kept = np.random.default_rng(seed).binomial(journeys, 0.95)
    kept = pd.Series(kept, index=journeys.index)[kept > 0]
    rows = demo_steps[demo_steps["path_id"].isin(kept.index)].copy()
    rows["journeys"] = rows["path_id"].map(kept)
    names = clusters.path_clusters(rows).set_index("path_id")["cluster_name"]
    stays = (names == demo_names.reindex(names.index)).to_numpy(bool)
    weights = kept.reindex(names.index).to_numpy()
    assert weights[stays].sum() / weights.sum() > 0.97


def test_the_demo_s_kinds_are_told_apart(demo_db):
    rows = fetch(demo_db, "select * from reports.rpt_path_clusters")
    by_name = {row["cluster_name"]: row for row in rows}
    assert len(rows) >= 8
    assert by_name["Paid Social to Direct"]["conversion_rate"] > 0.9
    assert by_name["Direct only"]["conversion_rate"] < 0.3
    value = {name: row["conversion_value"] for name, row in by_name.items()}
    assert max(value, key=value.get) == "Organic Search to Email"
