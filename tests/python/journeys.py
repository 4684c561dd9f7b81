"""Journeys for tests, and from them the aggregates that the SQL models hand to the Python ones.

A journey is (channels, value, count): value is None where it did not convert. Channels are whole
numbers from 1 up, as name_id is.
"""

from collections import defaultdict

import numpy as np
import pandas as pd

BASE = 32768
CONVERSION, NULL = -1, -2
GROUP, LEVEL = "(all macro)", "channel"


def states(channels, order=1):
    """Start, then the window of the last `order` channels at each touch, repeats as one."""
    windows = [0]
    for end in range(1, len(channels) + 1):
        window = channels[max(0, end - order) : end]
        code = sum(channel * BASE**place for place, channel in enumerate(reversed(window)))
        if code != windows[-1]:
            windows.append(code)
    return windows


def edges(channels, converted, order=1):
    visited = [*states(channels, order), CONVERSION if converted else NULL]
    counted = defaultdict(int)
    for edge in zip(visited, visited[1:], strict=False):
        counted[edge] += 1
    return counted


def transitions(journeys, order=1):
    """One row per transition, as int_markov_transitions."""
    rows = defaultdict(lambda: np.zeros(3))
    for channels, value, count in journeys:
        for edge, times in edges(channels, value is not None, order).items():
            rows[edge] += [times * count, 0, 0]
            if edge[1] == CONVERSION:
                rows[edge] += [0, value * count, value**2 * count]
    columns = ["transitions", "value_sum", "value_square_sum"]
    frame = pd.DataFrame([[*edge, *numbers] for edge, numbers in sorted(rows.items())])
    frame.columns = ["from_state", "to_state", *columns]
    return frame.assign(conversion_group=GROUP, level=LEVEL)


def moments(journeys, order=1):
    """One row per unordered pair of transitions, as int_markov_transition_moments."""
    rows = defaultdict(lambda: np.zeros(2))
    for channels, value, count in journeys:
        counted = edges(channels, value is not None, order)
        for one, times in counted.items():
            for other, other_times in counted.items():
                if one <= other:
                    weight = times * other_times * count
                    rows[one, other] += [weight, weight * (value or 0)]
    frame = pd.DataFrame([[*one, *other, *sums] for (one, other), sums in sorted(rows.items())])
    frame.columns = [
        *["from_state_1", "to_state_1", "from_state_2", "to_state_2"],
        *["moment", "value_moment"],
    ]
    return frame.assign(conversion_group=GROUP, level=LEVEL)


def scenarios(journeys, shares=(1.0,), pairs=False, sets=()):
    """One row per scenario and member, as int_removal_scenarios."""
    present = sorted({channel for channels, _, _ in journeys for channel in channels})
    chosen = [("channel", share, [channel]) for share in shares for channel in present]
    if pairs:
        chosen += [("pair", 1.0, [a, b]) for a in present for b in present if a < b]
    chosen += [("set", share, list(members)) for members, share in sets]
    frame = pd.DataFrame(
        [
            [identifier, kind, share, member]
            for identifier, (kind, share, members) in enumerate(chosen)
            for member in members
        ],
        columns=["scenario_id", "scenario_kind", "cut_share", "name_id"],
    )
    return frame.assign(conversion_group=GROUP, level=LEVEL)


def made_journeys(seed=0, channels=5, distinct=40, most=8, with_values=True):
    """Random distinct paths with counts: loops, repeats, single-channel paths among them."""
    random = np.random.default_rng(seed)
    made = [([1], 10.0, 5), ([1], None, 20)]
    for _ in range(distinct):
        path = random.integers(1, channels + 1, random.integers(1, most + 1)).tolist()
        count = int(random.integers(1, 60))
        if random.random() < 0.4:
            value = float(random.lognormal(3, 1)) if with_values else 1.0
            made.append((path, value, count))
        else:
            made.append((path, None, count * 3))
    return made
