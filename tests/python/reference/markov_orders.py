"""Which order of a Markov chain journeys support, by the Bayesian information criterion."""

from collections import Counter, defaultdict
from itertools import groupby
from math import log

CONVERSION, NULL = "(conversion)", "(null)"


def orders(converting, others):
    """One row per order 1 to 4, of paths that converted and journeys that did not."""
    ended = [(path, CONVERSION) for path in converting] + [(path, NULL) for path in others]
    rows = []
    for order in (1, 2, 3, 4):
        following = defaultdict(Counter)
        for path, end in ended:
            steps = [channel for channel, _ in groupby(path)]
            for place, step in enumerate([*steps, end]):
                following[tuple(steps[max(0, place - order) : place])][step] += 1
        likelihood = sum(
            count * log(count / sum(counts.values()))
            for counts in following.values()
            for count in counts.values()
        )
        parameters = sum(len(counts) - 1 for counts in following.values())
        steps = sum(sum(counts.values()) for counts in following.values())
        rows.append(
            {
                "markov_order": order,
                "parameters": parameters,
                "log_likelihood": likelihood,
                "bic": parameters * log(steps) - 2 * likelihood,
            }
        )
    best = min(rows, key=lambda row: (round(row["bic"], 6), row["markov_order"]))
    return [row | {"is_best": row is best} for row in rows]
