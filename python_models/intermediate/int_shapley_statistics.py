"""Grain: one row per conversion group with journeys, and pair of channels.

The rate form of Shapley, `shapley_rate`, with the covariances of the credits. The pair of a channel
with itself carries the channel's credit, and as covariance its variance.

A coalition is worth the conversion rate of the journeys that lie within it. That uses journeys
without conversion, and a channel that lowers the rate has a negative credit. Exact over all
subsets, so only for up to MAX_RATE_CHANNELS channels. (The closed form, `shapley`, needs no more
than SQL: the channels of a path share its conversion equally.)
"""

import warnings
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sparse

MAX_RATE_CHANNELS = 20  # 2^20 subsets
BATCH_SETS = 65_536  # distinct sets scored at once: keeps memory flat

OUTPUT_SCHEMA = {
    "conversion_group": "string",
    "attribution_model": "string",
    "channel": "string",
    "other_channel": "string",
    "credit": "Float64",
    "credited_value": "Float64",
    "credit_covariance": "Float64",
    "value_covariance": "Float64",
    "credit_total_covariance": "Float64",
    "value_total_covariance": "Float64",
}


class Sets(NamedTuple):
    """The distinct sets of channels of a group's journeys; one entry per set."""

    names: np.ndarray  # channel of each column of `holds`, in alphabetical order
    holds: sparse.csr_array  # 1 where the set (row) holds the channel (column)
    journeys: np.ndarray
    conversions: np.ndarray
    value: np.ndarray
    value_squares: np.ndarray


class Statistics(NamedTuple):
    """Credits by channel; the first axis is counts, values."""

    credits: np.ndarray
    covariances: np.ndarray
    total_covariances: np.ndarray


def read_sets(frame):
    """Sets from rows of one set and one of its channels."""
    identifiers, row = np.unique(frame["set_id"], return_inverse=True)
    column, names = pd.factorize(frame["channel"].to_numpy(), sort=True)
    first = np.zeros(len(identifiers), dtype=int)
    first[row] = np.arange(len(frame))
    columns = ["journeys", "conversions", "value_sum", "value_square_sum"]
    numbers = frame[columns].to_numpy(float)[first].T
    holds = sparse.csr_array(
        (np.ones(len(frame)), (row, column)), shape=(len(identifiers), len(names))
    )
    return Sets(names, holds, *numbers)


def rate_shapley(sets):
    """Shapley values of v(S) = conversions / journeys within S, times all journeys.

    A journey with the channels T moves v of every S that holds T, by (its outcome - v(S)) /
    journeys(S). Summed with the Shapley weights that is its score for each channel, and the scores
    of all journeys are the credits' covariance.
    """
    channels = len(sets.names)
    masks = (sets.holds @ (1 << np.arange(channels))).astype(np.int64)
    size = np.bitwise_count(np.arange(1 << channels)).astype(int)
    joins, stays = coalition_weights(channels)
    joins, stays = joins[size], stays[size]

    within = within_subsets(masks, sets.journeys, channels)
    inverse = np.divide(1, within, out=np.zeros_like(within), where=within > 0)
    outcomes = [(sets.conversions, sets.conversions), (sets.value, sets.value_squares)]
    all_journeys = sets.journeys.sum()
    moved = score_parts(joins * inverse, stays * inverse)
    results = []
    for outcome, squares in outcomes:
        worth = within_subsets(masks, outcome, channels) * inverse
        credits = all_journeys * shapley_values(worth, joins, stays)
        kept = score_parts(joins * worth * inverse, stays * worth * inverse)
        covariance, with_total = np.zeros((channels, channels)), np.zeros(channels)
        for first in range(0, len(masks), BATCH_SETS):
            chosen = slice(first, first + BATCH_SETS)
            # The score of a journey is `fixed` + `slope` x outcome.
            slope = all_journeys * scores(*moved, masks[chosen], channels)
            fixed = credits / all_journeys - all_journeys * scores(*kept, masks[chosen], channels)
            cross = (fixed.T * outcome[chosen]) @ slope
            covariance += (fixed.T * sets.journeys[chosen]) @ fixed + cross + cross.T
            covariance += (slope.T * squares[chosen]) @ slope
            with_total += fixed.T @ outcome[chosen] + slope.T @ squares[chosen]
        results.append((credits, covariance, with_total))
    return Statistics(*(np.stack(parts) for parts in zip(*results)))


def coalition_weights(channels):
    """By size of a set: what it counts for the channels in it, and against those not in it."""
    weights = np.zeros(channels + 2)
    weights[1] = 1 / channels
    for size in range(1, channels):  # s! (n - s - 1)! / n!, kept at index s + 1
        weights[size + 1] = weights[size] * size / (channels - size)
    return weights[:-1], weights[1:]


def within_subsets(masks, numbers, channels):
    """For every set of channels, the sum over the journeys that lie within it."""
    sums = np.bincount(masks, numbers, 1 << channels)
    for channel in range(channels):
        halves = sums.reshape(-1, 2, 1 << channel)
        halves[:, 1] += halves[:, 0]
    return sums


def over_supersets(numbers):
    """For every set of channels, the sum over the sets that hold it."""
    sums = numbers.copy()
    for channel in range(len(sums).bit_length() - 1):
        halves = sums.reshape(-1, 2, 1 << channel)
        halves[:, 0] += halves[:, 1]
    return sums


def shapley_values(worth, joins, stays):
    """Of a game that gives the worth of every set of channels."""
    gains, against = (joins + stays) * worth, (stays * worth).sum()
    channels = len(worth).bit_length() - 1
    with_channel = [gains.reshape(-1, 2, 1 << channel)[:, 1].sum() for channel in range(channels)]
    return np.array(with_channel) - against


def score_parts(joined, stayed):
    return over_supersets(joined), over_supersets(stayed)


def scores(joined, stayed, masks, channels):
    """Per set T and channel: the sum over the supersets of T, weighted as in the channel's Shapley
    value. Supersets hold the channel or not; those that do are the supersets of T with it."""
    joint = masks[:, None] | (1 << np.arange(channels))
    return joined[joint] + stayed[joint] - stayed[masks][:, None]


def shapley_statistics(channel_sets, dispersions=MappingProxyType({})):
    """The whole table, from rows of one distinct set and one of its channels, and the dispersions
    of groups, 1 if unknown: a group without conversions has none. Variances over journeys are
    multiplied by it, since persons are the independent units, and convert more than once."""
    tables = []
    for group, rows in channel_sets[channel_sets["has_journeys"]].groupby("conversion_group"):
        sets = read_sets(rows)
        if len(sets.names) > MAX_RATE_CHANNELS:
            warnings.warn(
                f"Group {group!r} has {len(sets.names)} channels. The rate form of Shapley needs "
                f"every subset and is left out above {MAX_RATE_CHANNELS}: the group has the "
                "closed form `shapley` only.",
                stacklevel=2,
            )
            continue
        dispersion = dispersions.get(group, np.ones(2))
        tables.append(as_rows(group, sets.names, rate_shapley(sets), dispersion))
    table = pd.concat(tables) if tables else pd.DataFrame()
    return table.reindex(columns=list(OUTPUT_SCHEMA)).astype(OUTPUT_SCHEMA)


def as_rows(group, names, statistics, dispersion):
    """One row per unordered pair of channels; the pair of a channel with itself has the credits."""
    one, other = np.triu_indices(len(names))
    count_pairs, value_pairs = statistics.covariances[:, one, other] * dispersion[:, None]
    with_total, itself = statistics.total_covariances * dispersion[:, None], one == other
    columns = {
        "credit": statistics.credits[0],
        "credited_value": statistics.credits[1],
        "credit_total_covariance": with_total[0],
        "value_total_covariance": with_total[1],
    }
    return pd.DataFrame(
        {
            "conversion_group": group,
            "attribution_model": "shapley_rate",
            "channel": names[one],
            "other_channel": names[other],
            "credit_covariance": count_pairs,
            "value_covariance": value_pairs,
        }
        | {name: np.where(itself, numbers[one], np.nan) for name, numbers in columns.items()}
    )


def dispersions_of(totals):
    """By group: how much more counts, and values, vary by person than by conversion."""
    return {
        row.conversion_group: np.array([row.conversion_dispersion, row.value_dispersion])
        for row in totals.itertuples()
    }


def as_frame(relation):
    """A small aggregate as pandas: from DuckDB, or from Spark."""
    return relation.df() if hasattr(relation, "df") else relation.toPandas()


def model(dbt, session):
    return shapley_statistics(
        as_frame(dbt.ref("assisted_conversions", "int_channel_sets")),
        dispersions_of(as_frame(dbt.ref("assisted_conversions", "int_group_totals"))),
    )
