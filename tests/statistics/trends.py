"""Do the trends keep their promises? Channels whose truth is known, drawn by the thousand.

`results(trends, channels)` returns rows of what was measured and what is promised, for steady
channels (false alarms per channel and year) and for planted events (found within three weeks).
`trends` is the module int_assist_trends; it is run as it is, on matrices of a row per channel.
"""

from dataclasses import dataclass

import numpy as np

SIZES = [5, 50, 1_000]  # assists and closes a week
YEAR = 52
FIRST_WEEKS = 8  # before the year, so that each of its weeks has a baseline
AFTER = 3  # an event must be found so many weeks after it begins


@dataclass
class Steady:
    """Channels without an event: the mix is a draw from one share, the volume from one mean."""

    name: str
    share: float = 0.4
    scatter: float = 0.0  # of the weekly mean beyond chance, as a share of it
    season: float = 0.0  # amplitude of a wave over the year, likewise
    memory: float = 0.0  # correlation of the scatter with that of the week before
    is_promised: bool = True


STEADY = [
    Steady("share 0.4"),
    Steady("share 0.5", share=0.5),
    Steady("share 0.9", share=0.9),
    Steady("scatter of 10 %", scatter=0.1, is_promised=False),
    Steady("scatter of 10 %, correlation 0.5", scatter=0.1, memory=0.5, is_promised=False),
    Steady("season of 30 %", season=0.3, is_promised=False),
]


def results(trends, channels, seed=14):
    rng = np.random.default_rng(seed)
    rows = []
    for size in SIZES:
        for world in STEADY:
            rows += false_alarms(trends, rng, world, size, channels)
        rows += loud_week(trends, rng, size, channels)
    return rows + found_events(trends, rng, channels)


def row(promise, world, size, measured, at_most=None, at_least=None):
    keeps = (at_most is None or measured <= at_most) and (at_least is None or measured >= at_least)
    return {
        "promise": promise,
        "world": world,
        "conversions_a_week": size,
        "measured": float(measured),
        "at_most": at_most,
        "at_least": at_least,
        "is_kept": bool(keeps),
    }


# ---------------------------------------------------------------------------- worlds


def drawn(rng, sizes, shares):
    """Assists and closes of channels and weeks."""
    totals = rng.poisson(sizes)
    assists = rng.binomial(totals, shares)
    return assists, totals - assists


def judged(trends, assists, closes):
    """Each channel is a group of its own, and all of its weeks are judged."""
    groups = np.arange(len(assists))
    is_judged = np.ones(assists.shape, dtype=bool)
    return trends.trend_columns(assists, closes, is_judged, groups, assists + closes)


def steady_sizes(rng, world, size, shape):
    scatter = np.empty(shape)
    scatter[:, 0] = rng.normal(size=shape[0])
    fresh = np.sqrt(1 - world.memory**2)
    for week in range(1, shape[1]):
        scatter[:, week] = world.memory * scatter[:, week - 1] + fresh * rng.normal(size=shape[0])
    season = world.season * np.sin(2 * np.pi * np.arange(shape[1]) / YEAR)
    return size * np.maximum(1 + season + world.scatter * scatter, 0.01)


# ---------------------------------------------------------------------------- what is measured


def false_alarms(trends, rng, world, size, channels):
    shape = channels, FIRST_WEEKS + YEAR
    sizes = steady_sizes(rng, world, size, shape)
    columns = judged(trends, *drawn(rng, sizes, np.full(shape, world.share)))
    year = slice(FIRST_WEEKS, None)
    anomalies = columns["is_anomaly"] | columns["is_volume_anomaly"]
    changes = columns["is_change_point"] | (columns["role_shift"] != None)  # noqa: E711
    bounds = (0.05, 0.02) if world.is_promised else (None, None)
    return [
        row(promise, world.name, size, flags[:, year].sum() / channels, at_most=bound)
        for promise, flags, bound in zip(
            ["anomalies per channel and year", "change points or role shifts"],
            [anomalies, changes],
            bounds,
            strict=True,
        )
    ]


def loud_week(trends, rng, size, channels):
    """One week of three times the volume, nearly all of it assists, anywhere in a steady year."""
    shape = channels, YEAR
    sizes, shares = np.full(shape, float(size)), np.full(shape, 0.45)
    week = np.arange(channels), rng.integers(0, YEAR, channels)
    sizes[week], shares[week] = 3 * size, 0.9
    columns = judged(trends, *drawn(rng, sizes, shares))
    changes = columns["is_change_point"].any(axis=1)
    # Of five conversions a week fifteen in one are no proof that it was only one.
    bound = 0.02 if size >= 50 else None
    name = "channels with a change point after one loud week"
    return [row(name, "three times, share 0.9", size, changes.mean(), at_most=bound)]


def found_events(trends, rng, channels, size=50):
    """Of channels with 20 to 50 weeks before the event, how many show it within three weeks."""
    found = {"role shift .3 -> .7": 0, "outage": 0, "volume x 3": 0, "volume x 0.3": 0}
    batches = np.array_split(np.arange(channels), 10)
    for batch in batches:
        start = int(rng.integers(20, 51))
        shape = len(batch), start + AFTER
        is_after = np.arange(shape[1]) >= start
        steady = np.full(shape, float(size))
        shares = np.where(is_after, 0.7, 0.3) * np.ones(shape)
        columns = judged(trends, *drawn(rng, steady, shares))
        found["role shift .3 -> .7"] += (columns["role_shift"] == "to assisting").any(axis=1).sum()
        for name, factor in [("outage", 0), ("volume x 3", 3), ("volume x 0.3", 0.3)]:
            sizes = steady * np.where(is_after, factor, 1)
            columns = judged(trends, *drawn(rng, sizes, np.full(shape, 0.4)))
            found[name] += columns["is_volume_anomaly"][:, start:].any(axis=1).sum()
    bounds = dict(zip(found, [0.95, 0.99, 0.95, None]))
    return [
        row("found within three weeks", name, size, number / channels, at_least=bounds[name])
        for name, number in found.items()
    ]
