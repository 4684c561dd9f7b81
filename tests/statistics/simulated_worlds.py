"""Worlds whose truth is known: persons with habits, who convert once or several times.

A world is a conversion type of its own, so that one run of the SQL answers for all of them.
"""

from collections import Counter
from typing import NamedTuple

import numpy as np
import pandas as pd

CHANNELS = ["Direct", "Email", "Organic Search", "Paid Search", "Paid Social"]


class Kind(NamedTuple):
    """What persons are like."""

    name: str
    conversions: int  # of each person
    habit: float  # chance that a conversion's path is that of the person's first one

    def paths(self, random, persons):
        """One path per conversion: an array of channels and -1 behind the end, and whose it is."""
        own = draw_paths(random, persons)
        whose = np.repeat(np.arange(persons), self.conversions)
        drawn = draw_paths(random, len(whose))
        is_habit = random.random(len(whose)) < self.habit
        return np.where(is_habit[:, None], own[whose], drawn), whose


ONCE = Kind("one conversion each", 1, 1.0)
THRICE = Kind("three conversions each, by the same path", 3, 1.0)
THRICE_APART = Kind("three conversions each, by paths of their own", 3, 0.0)


def draw_paths(random, number, most=5):
    """Channels differ in how often they are used and in how late they come."""
    length = 1 + random.binomial(most - 1, 0.4, number)
    place = np.arange(most)
    late = random.choice(len(CHANNELS), (number, most), p=[0.35, 0.25, 0.15, 0.15, 0.1])
    early = random.choice(len(CHANNELS), (number, most), p=[0.05, 0.15, 0.25, 0.25, 0.3])
    paths = np.where(place == length[:, None] - 1, late, early)
    return np.where(place < length[:, None], paths, -1)


def journeys(kind, persons, random):
    """Journeys of Poisson(`persons`) persons as tests/python/journeys.py has them, and the
    dispersions of conversions and of their value. A person's journeys end alike, too."""
    paths, whose = kind.paths(random, random.poisson(persons))
    # Two channels bring conversions, one costs them.
    pull = np.array([0.0, 1.2, 0.0, 0.8, -0.6])
    strength = np.where(paths >= 0, pull[paths], 0).sum(axis=1) - 0.7
    luck = random.random(whose.max() + 1)[whose] if kind.habit else random.random(len(whose))
    converts = luck < 1 / (1 + np.exp(-strength))
    value = random.lognormal(3, 0.5, whose.max() + 1)[whose] * random.lognormal(0, 0.2, len(whose))
    channels = [[int(channel) + 1 for channel in path if channel >= 0] for path in paths]
    made = [(path, float(worth), 1) for path, worth, does in zip(channels, value, converts) if does]
    others = Counter(tuple(path) for path, does in zip(channels, converts) if not does)
    made += [(list(path), None, count) for path, count in sorted(others.items())]
    number = np.bincount(whose, converts)
    worth = np.bincount(whose, converts * value)
    squares = (value[converts] ** 2).sum()
    return made, np.array([(number**2).sum() / number.sum(), (worth**2).sum() / squares])


def touches(kind, persons, worlds, seed):
    """One row per touch of `worlds` worlds, each of Poisson(`persons`) persons."""
    random = np.random.default_rng(seed)
    counts = random.poisson(persons, worlds)
    paths, whose = kind.paths(random, counts.sum())
    world = np.repeat(np.arange(worlds), counts)[whose]
    # A person's baskets are alike, too.
    value = random.lognormal(3, 0.5, counts.sum())[whose] * random.lognormal(0, 0.2, len(whose))
    row, place = np.nonzero(paths >= 0)
    return pd.DataFrame(
        {
            "world": world[row],
            "person": whose[row],
            "conversion": row,
            "position": place + 1,
            "length": (paths >= 0).sum(axis=1)[row],
            "channel": np.array(CHANNELS)[paths[row, place]],
            "value": value.round(2)[row],
        }
    )
