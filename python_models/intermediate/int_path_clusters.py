"""Grain: one row per distinct path: the cluster that it belongs to.

Kinds of journeys: k-means over what a path is like (which channels have its touches, which opens,
which closes, how long it is), each distinct path weighing as many journeys as took it. A cluster is
known by its content: its typical path, the one that most of its journeys took, and a name made from
that. It starts from content too, and paths are sorted first, so neither chance nor the order of
rows changes anything, and some new journeys change little.
"""

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_limits

MAX_CLUSTERS = 10
FIT_PATHS = 50_000  # the paths of most journeys; rarer ones join the nearest cluster
ENDS_WEIGHT = 1.0  # of the opening and of the closing channel, beside all touches
LENGTH_WEIGHT = 0.3  # of a doubling of the path
UNNAMED = "(other journeys)"  # clusters without a path that many enough took

OUTPUT_SCHEMA = {
    "conversion_group": "string",
    "path_id": "int64",
    "cluster_name": "string",
    "typical_path": "string",
}


def path_table(steps):
    """One row per distinct path, from rows of its touches: most journeys first, ties by content."""
    ordered = steps.sort_values(["path_id", "touch_position"])
    starts = np.flatnonzero(~ordered["path_id"].duplicated())
    paths = ordered.iloc[starts][["path_id", "journeys", "is_showable"]].assign(
        channels=[tuple(path) for path in np.split(ordered["channel"].to_numpy(), starts[1:])],
        negative_journeys=lambda path: -path["journeys"],
    )
    return paths.sort_values(["negative_journeys", "channels"], ignore_index=True)


def path_features(sequences):
    """A row per path: shares of its touches by channel, first and last channel, length."""
    names = {name: i for i, name in enumerate(sorted({c for path in sequences for c in path}))}
    lengths = np.array([len(path) for path in sequences])
    touches = np.array([names[channel] for path in sequences for channel in path])
    row, last = np.repeat(np.arange(len(sequences)), lengths), lengths.cumsum() - 1

    shares, first_is, last_is = np.zeros((3, len(sequences), len(names)), dtype=np.float32)
    np.add.at(shares, (row, touches), 1 / lengths[row])
    first_is[row[last], touches[last - lengths + 1]] = ENDS_WEIGHT
    last_is[row[last], touches[last]] = ENDS_WEIGHT
    return np.column_stack([shares, first_is, last_is, LENGTH_WEIGHT * np.log2(lengths)])


def cluster_numbers(sequences, weights):
    """The cluster of each path, from k-means that starts at the most frequent pairs of ends.

    A start by chance would land in another optimum after every few new journeys.
    """
    features = path_features(sequences)
    ends = pd.Series([(path[0], path[-1], len(path) == 1) for path in sequences])
    sizes = pd.Series(weights).groupby(ends).sum()
    largest = sizes.sort_index().sort_values(ascending=False, kind="stable").index[:MAX_CLUSTERS]
    starts = [
        np.average(features[of_kind], axis=0, weights=weights[of_kind])
        for of_kind in ((ends == kind).to_numpy() for kind in largest)
    ]
    # Sums over several threads round differently from run to run.
    with threadpool_limits(1):
        model = KMeans(len(starts), init=np.array(starts), n_init=1, random_state=0)
        return model.fit(features[:FIT_PATHS], sample_weight=weights[:FIT_PATHS]).predict(features)


def runs(channels):
    """Consecutive repeats as one: [channel, count], ..."""
    starts = [i for i in range(len(channels)) if i == 0 or channels[i] != channels[i - 1]]
    return [(channels[i], j - i) for i, j in zip(starts, [*starts[1:], len(channels)])]


def collapsed_path(channels):
    """As `path_collapsed` of the facts: `Email x3 > Direct`."""
    return " > ".join(f"{name} x{n}" if n > 1 else name for name, n in runs(channels))


def cluster_name(channels):
    """What a path is in words: `Paid Social to Direct via Email`."""
    names = [name for name, _ in runs(channels)]
    if len(names) == 1:
        return f"{names[0]} {'only' if len(channels) == 1 else 'repeatedly'}"
    between = list(dict.fromkeys(names[1:-1]))
    via = f" via {', '.join(between)}" if between else ""
    return f"{names[0]} {'back ' if names[0] == names[-1] else ''}to {names[-1]}{via}"


def named_clusters(paths):
    """The paths with cluster_name and typical_path; names that would be equal are the path."""
    typical = (
        paths[paths["is_showable"]].drop_duplicates("cluster").set_index("cluster")["channels"]
    )
    names = typical.map(cluster_name)
    names = names.mask(names.duplicated(keep=False), typical.map(collapsed_path))
    return paths.assign(
        cluster_name=paths["cluster"].map(names).fillna(UNNAMED),
        typical_path=paths["cluster"].map(typical.map(collapsed_path)),
    )


def path_clusters(path_steps):
    """The whole table, from rows of distinct paths and their touches."""
    tables = []
    for group, steps in path_steps.groupby("conversion_group"):
        paths = path_table(steps)
        weights = paths["journeys"].to_numpy(float)
        paths["cluster"] = cluster_numbers(paths["channels"], weights)
        tables.append(named_clusters(paths).assign(conversion_group=group))
    table = pd.concat(tables) if tables else pd.DataFrame()
    return table.reindex(columns=list(OUTPUT_SCHEMA)).astype(OUTPUT_SCHEMA)


def as_frame(relation):
    """A small aggregate as pandas: from DuckDB, or from Spark."""
    return relation.df() if hasattr(relation, "df") else relation.toPandas()


def model(dbt, session):
    dbt.config(materialized="table")
    return path_clusters(as_frame(dbt.ref("int_path_steps")))
