"""Markov and the rate form of Shapley: variances over journeys times the dispersion."""

import importlib.util

import journeys as made
import numpy as np
import pandas as pd
import simulated_worlds
from coverage import AT_LEAST, BOUNDS, coverage
from published import ROOT

TITLE = "Coverage: `markov`, `shapley_rate` and conversions at risk"
WORLDS, FEW_WORLDS = 800, 15
SLACK = 0.15
SIZES = (400, 1600)
# With paths of their own persons bring more than the dispersion says: the intervals are wide.
KINDS = {
    simulated_worlds.ONCE: BOUNDS,
    simulated_worlds.THRICE: BOUNDS,
    simulated_worlds.THRICE_APART: AT_LEAST,
}


def load(name):
    path = ROOT / f"python_models/intermediate/{name}.py"
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def channel_sets(some_journeys):
    """One row per distinct set and channel, as int_channel_sets."""
    sums = {}
    for channels, value, count in some_journeys:
        converted = value is not None
        numbers = np.array([1, converted, value or 0, (value or 0) ** 2]) * count
        key = tuple(sorted(set(channels)))
        sums[key] = sums.get(key, 0) + numbers
    rows = [
        [number, channel, *sums[channels]]
        for number, channels in enumerate(sorted(sums))
        for channel in channels
    ]
    columns = ["set_id", "channel", "journeys", "conversions", "value_sum", "value_square_sum"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.assign(conversion_group=made.GROUP, has_journeys=True)


def figures(markov, shapley, some_journeys, dispersion):
    """Estimates and their variances: one row per figure and channel."""
    dispersions = {made.GROUP: dispersion}
    chosen = made.scenarios(some_journeys)
    solved = markov.markov_statistics(
        made.transitions(some_journeys), made.moments(some_journeys), chosen, dispersions
    ).merge(chosen[["scenario_id", "name_id"]])
    rates = shapley.shapley_statistics(channel_sets(some_journeys), dispersions)
    rates = rates[rates["channel"] == rates["other_channel"]]
    for figure, table, channel, estimate, variance in (
        ("credit of markov", solved, "name_id", "credit", "credit_covariance"),
        ("credited value of markov", solved, "name_id", "credited_value", "value_covariance"),
        ("conversions at risk", solved, "name_id", "conversions_at_risk", None),
        ("credit of shapley_rate", rates, "channel", "credit", "credit_covariance"),
        ("credited value of shapley_rate", rates, "channel", "credited_value", "value_covariance"),
    ):
        spread = table[variance] if variance else table["conversions_at_risk_error"] ** 2
        yield pd.DataFrame(
            {
                "figure": figure,
                "channel": table[channel].astype(int),
                "estimate": table[estimate].astype(float),
                "variance": spread.astype(float),
            }
        )


def rows(number, slack=0):
    markov, shapley = load("int_markov_statistics"), load("int_shapley_statistics")
    for kind, bounds in KINDS.items():
        parts = []
        for size in SIZES:
            random = np.random.default_rng(size)
            for _ in range(number):
                solved = figures(markov, shapley, *simulated_worlds.journeys(kind, size, random))
                parts.append(pd.concat(solved).assign(size=size))
        table = pd.concat(parts)
        half = 1.959964 * np.sqrt(table["variance"])
        table = table.assign(
            key=table["size"].astype(str) + " " + table["channel"].astype(str),
            low=table["estimate"] - half,
            high=table["estimate"] + half,
            n_eff=table["estimate"] ** 2 / table["variance"],
        )
        for figure, own in table.groupby("figure", sort=False):
            yield from coverage(figure, kind.name, own, slack, bounds)
