"""Grain: one row per conversion group, level and removal scenario.

What a Markov chain of the journeys loses when channels are cut, how conversions and value are
credited by that, and how exact each figure is. Everything is solved, nothing is simulated, so the
same data give the same figures to the last digit.

A state is the window of a journey's last k channels, packed into one whole number: the newest
channel's name_id is the lowest digit to the base of STATE_BASE. Cutting a channel by a share
means that this share of all visits to a state whose newest channel it is ends there. A full cut
therefore removes every state that holds the channel, since such a state is only entered through
one of those.
"""

from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse as sparse

STATE_BASE = 32768  # as in the macro `markov_state`
START, CONVERSION, NULL = 0, -1, -2  # states of their own

INVARIANT_TOLERANCE = 1e-9  # of h[start] = converting / all journeys
ITERATION_TOLERANCE = 1e-12  # of the fixed points above order 1
ROUNDING = 1e-15  # of the square of what is shared: smaller covariances are none
MAX_ITERATIONS = 200_000
BATCH_CELLS = 4_000_000  # cells of the widest matrix held at once: keeps memory flat
DENSE_EDGES = 4_000  # up to here a dense moment matrix is faster than a sparse one

OUTPUT_SCHEMA = {
    "conversion_group": "string",
    "level": "string",
    "scenario_id": "Int64",
    "removal_effect": "Float64",
    "value_removal_effect": "Float64",
    "conversions_at_risk": "Float64",
    "value_at_risk": "Float64",
    "conversions_at_risk_error": "Float64",
    "value_at_risk_error": "Float64",
    # Full cuts of one channel have credits and variances, those of two a covariance.
    "credit": "Float64",
    "credited_value": "Float64",
    "credit_covariance": "Float64",
    "value_covariance": "Float64",
    "credit_total_covariance": "Float64",
    "value_total_covariance": "Float64",
}

# What each scenario cuts: the first and the last of its names, the same where it is only one.
LABELS_SCHEMA = {
    "scenario_kind": "string",
    "scenario": "string",
    "cut_share": "Float64",
    "name_id": "Int64",
    "name": "string",
    "other_name": "string",
}


class Chain(NamedTuple):
    """A chain's counted transitions. Values are carried by the transitions into conversion."""

    states: np.ndarray  # state codes, sorted: start comes first
    source: np.ndarray  # edges: index of the state left,
    target: np.ndarray  # and of the state entered; the two behind the last are conversion, null
    transitions: np.ndarray
    value: np.ndarray
    value_squares: np.ndarray
    visits: np.ndarray  # per state
    steps: sparse.csr_array  # Q
    exits: np.ndarray  # [r, value ending / visits], one column each

    @property
    def journeys(self):
        return self.visits[0]

    @property
    def totals(self):
        """Conversions and value."""
        return np.array([self.transitions[self.is_conversion].sum(), self.value.sum()])

    @property
    def is_conversion(self):
        return self.target == len(self.states)


class Cuts(NamedTuple):
    """Chains after cuts, one column each; the first axis of the first two: counts, values."""

    after: np.ndarray  # what a journey in a state still brings
    passing: np.ndarray  # the same once the visit has not been cut
    reach: np.ndarray  # visits from start that were not cut, per visit counted


def build_chain(from_state, to_state, transitions, value, value_squares):
    """A chain from transition counts, or None where there are no journeys."""
    from_state, to_state = np.asarray(from_state), np.asarray(to_state)
    if len(from_state) == 0:
        return None
    transitions, value, value_squares = (
        np.asarray(numbers, dtype=float) for numbers in (transitions, value, value_squares)
    )
    states = np.unique(from_state)
    source = np.searchsorted(states, from_state)
    target = np.select(
        [to_state == CONVERSION, to_state == NULL],
        [len(states), len(states) + 1],
        np.searchsorted(states, to_state),
    )
    visits = np.bincount(source, transitions, len(states))
    shares = transitions / visits[source]
    moves = to_state > START
    converts = to_state == CONVERSION
    steps = sparse.csr_array(
        (shares[moves], (source[moves], target[moves])), shape=(len(states), len(states))
    )
    exits = np.column_stack(
        [
            np.bincount(source[converts], numbers[converts], len(states)) / visits
            for numbers in (transitions, value)
        ]
    )
    return Chain(states, source, target, transitions, value, value_squares, visits, steps, exits)


def check_invariant(chain, outcome, where=""):
    """Every journey counts once, so h[start] is the conversion rate; anything else is an error."""
    rates = chain.totals / chain.journeys
    scale = np.array([1.0, max(1.0, np.abs(chain.value).sum() / chain.journeys)])
    gaps = np.abs(outcome[0] - rates) / scale
    if not (gaps <= INVARIANT_TOLERANCE).all():
        raise ValueError(
            f"Markov chain{where}: h[start] is {outcome[0, 0]!r}, but converting / all journeys is "
            f"{rates[0]!r} (value: {outcome[0, 1]!r} against {rates[1]!r}). The transition counts "
            "in int_markov_transitions do not add up to whole journeys."
        )


def solve_dense(chain):
    """The fundamental matrix (I - Q)^-1, and what a journey in each state brings."""
    fundamental = np.linalg.inv(np.eye(len(chain.states)) - chain.steps.toarray())
    return fundamental, fundamental @ chain.exits


def cut_dense(chain, fundamental, outcome, members, shares):
    """Exact cuts of several sets of one size; `members` holds their states, a set a row."""
    size, sets = members.shape[1], np.arange(len(members))[:, None]
    among = fundamental[members[:, :, None], members[:, None, :]]
    blocks = np.linalg.inv(np.eye(size) + shares[:, None, None] * (among - np.eye(size)))
    uncut = np.einsum("mkl,mlv->vmk", blocks, outcome[members])

    after = outcome.T[:, :, None] - np.einsum(
        "smk,vmk->vsm", fundamental[:, members] * shares[:, None], uncut
    )
    passing = after.copy()
    passing[:, members, sets] = uncut

    detour = np.einsum("mk,mkl->ml", fundamental[0, members] * shares[:, None], blocks)
    onward = (fundamental - np.eye(len(fundamental)))[members]
    reach = fundamental[0][:, None] - np.einsum("ml,mls->sm", detour, onward)
    reach[members, sets] *= 1 - shares[:, None]
    return Cuts(after, passing, reach / chain.visits[:, None])


def solve_iterated(chain):
    """What a journey in each state brings, for chains too large for a dense inverse."""
    return fixed_point(lambda outcome: chain.steps @ outcome + chain.exits, chain.exits)


def cut_iterated(chain, outcome, keep):
    """Cuts by `keep`, the share of the visits to each state (rows) that each cut leaves."""
    after = np.stack(
        [
            fixed_point(
                lambda left, ends=ends: keep * (chain.steps @ left + ends[:, None]),
                keep * brought[:, None],
            )
            for ends, brought in zip(chain.exits.T, outcome.T, strict=True)
        ]
    )
    passing = np.stack(
        [
            chain.steps @ left + ends[:, None]
            for left, ends in zip(after, chain.exits.T, strict=True)
        ]
    )
    start = np.zeros_like(keep)
    start[0] = 1
    backwards = chain.steps.T.tocsr()
    entered = fixed_point(lambda entered: start + backwards @ (keep * entered), start)
    return Cuts(after, passing, keep * entered / chain.visits[:, None])


def fixed_point(step, value):
    """Iterates until the steps still to come, a geometric series, are below the tolerance."""
    previous = np.inf
    for _ in range(MAX_ITERATIONS):
        following = step(value)
        change = np.abs(following - value).max(initial=0)
        scale = max(1.0, np.abs(following).max(initial=0))
        to_come = change / (1 - change / previous) if change < previous else np.inf
        if to_come <= ITERATION_TOLERANCE * scale or change <= 4 * np.finfo(float).eps * scale:
            return following
        value, previous = following, change
    raise ValueError(
        f"A Markov chain of higher order did not settle in {MAX_ITERATIONS} steps: journeys loop "
        "almost without end. Use markov_order 1, which needs no iteration, or path_rules."
    )


def build_moments(chain, from_1, to_1, from_2, to_2, moment, value_moment):
    """Second moments of the transitions over the journeys: sum of m m' with m the transitions of
    one journey, extended by one more entry per edge into conversion that holds its value."""
    edges = len(chain.source)
    size = len(chain.states) + 2
    codes = chain.source * size + chain.target
    order = np.argsort(codes)

    def edge_index(from_state, to_state):
        from_state, to_state = np.asarray(from_state), np.asarray(to_state)
        target = np.where(
            to_state < START,
            len(chain.states) - 1 - to_state,
            np.searchsorted(chain.states, to_state),
        )
        code = np.searchsorted(chain.states, from_state) * size + target
        return order[np.searchsorted(codes[order], code)]

    one, other = edge_index(from_1, to_1), edge_index(from_2, to_2)
    moment, value_moment = np.asarray(moment, float), np.asarray(value_moment, float)
    value_index = edges + np.cumsum(chain.is_conversion) - 1

    distinct = one != other
    into_other = chain.is_conversion[other]
    into_one = chain.is_conversion[one] & distinct
    entries = [
        (one, other, moment),
        (other[distinct], one[distinct], moment[distinct]),
    ]
    for plain, valued, chosen in ((one, other, into_other), (other, one, into_one)):
        rows, columns = plain[chosen], value_index[valued[chosen]]
        entries += [(rows, columns, value_moment[chosen]), (columns, rows, value_moment[chosen])]
    squares = value_index[chain.is_conversion]
    entries.append((squares, squares, chain.value_squares[chain.is_conversion]))

    rows, columns, numbers = (np.concatenate(parts) for parts in zip(*entries, strict=True))
    extended = edges + int(chain.is_conversion.sum())
    matrix = sparse.csr_array((numbers, (rows, columns)), shape=(extended, extended))
    return matrix.toarray() if extended <= DENSE_EDGES else matrix


def risk_gradients(chain, cuts):
    """How what is at risk moves with one more journey: its transitions (rows) and its value (the
    rows behind), for counts and for values. A journey's score is the sum over its own."""
    ends = np.zeros((2, *cuts.after.shape[2:]))
    gradients = []
    for after, passing in zip(cuts.after, cuts.passing, strict=True):
        onward = np.concatenate([after, ends])[chain.target] - passing[chain.source]
        edges = -chain.journeys * cuts.reach[chain.source] * onward
        edges[chain.source == 0] -= after[0]
        gradients.append(edges)
    converting = 1 - chain.journeys * cuts.reach[chain.source[chain.is_conversion]]
    counts, values = gradients
    counts[chain.is_conversion] += converting  # a conversion is a value of 1
    return (
        np.concatenate([counts, np.zeros_like(converting)]),
        np.concatenate([values, converting]),
    )


def total_gradients(chain):
    """The same of the number of conversions, and of their value."""
    converting = chain.is_conversion.astype(float)
    ones = np.ones(int(converting.sum()))
    return np.concatenate([converting, 0 * ones]), np.concatenate([0 * converting, ones])


def removal_statistics(chain, scenarios, moments=None, where="", dispersion=(1.0, 1.0)):
    """Effects, risks, credits and their errors: a frame with one row per scenario.

    `scenarios` has one row per scenario and member: scenario_id, scenario_kind (`channel`, `pair`
    or `set`), name_id, cut_share. Errors need the `moments`; without them they are null. Variances
    over journeys are multiplied by the `dispersion` of counts, of values: persons are the
    independent units, and they convert more than once.
    """
    is_first_order = chain.states[-1] < STATE_BASE
    if is_first_order:
        fundamental, outcome = solve_dense(chain)
    else:
        outcome = solve_iterated(chain)
    check_invariant(chain, outcome, where)

    newest = chain.states % STATE_BASE
    unknown = set(scenarios["name_id"]) - set(newest)
    if unknown:
        raise ValueError(f"Markov chain{where} has no state of the cut name_ids {sorted(unknown)}.")
    collected, full_cuts = [], []
    for kind, identifiers, members, shares in batches(chain, scenarios):
        if is_first_order:
            states = np.searchsorted(chain.states, members)
            cuts = cut_dense(chain, fundamental, outcome, states, shares)
        else:
            holds = (newest[:, None, None] == members[None]).any(axis=2)
            cuts = cut_iterated(chain, outcome, 1 - holds * shares)
        risk = (outcome[0][:, None] - cuts.after[:, 0]) * chain.journeys
        is_full = (shares == 1) & (kind == "channel")
        errors = np.full((2, len(shares)), np.nan)
        gradients = (None, None)
        if moments is not None:
            gradients = risk_gradients(chain, cuts)
            variances = [
                factor * np.sum(slope * (moments @ slope), axis=0)
                for factor, slope in zip(dispersion, gradients, strict=True)
            ]
            errors = np.sqrt(np.maximum(variances, 0))  # rounding can leave -1e-20 of a 0
            gradients = [slope[:, is_full] for slope in gradients]
        full_cuts.append((identifiers[is_full], members[is_full, 0], risk[:, is_full], *gradients))
        collected.append(
            pd.DataFrame(
                {
                    "scenario_id": identifiers,
                    "conversions_at_risk": risk[0],
                    "value_at_risk": risk[1],
                    "conversions_at_risk_error": errors[0],
                    "value_at_risk_error": errors[1],
                }
            )
        )
    if not collected:
        return pd.DataFrame()
    effects = pd.concat(collected, ignore_index=True)
    conversions, value = chain.totals
    effects["removal_effect"] = effects["conversions_at_risk"] / (conversions or np.nan)
    effects["value_removal_effect"] = effects["value_at_risk"] / (value or np.nan)
    credits = credit_statistics(chain, full_cuts, scenarios, moments, dispersion)
    return effects.merge(credits, how="left")


def batches(chain, scenarios):
    """Scenarios of one kind and number of members, as many at a time as memory allows."""
    edges = len(chain.source)
    sizes = scenarios.groupby("scenario_id")["name_id"].transform("size").rename("size")
    for (kind, size), same in scenarios.groupby(["scenario_kind", sizes]):
        same = same.sort_values(["scenario_id", "name_id"])
        identifiers = same["scenario_id"].to_numpy()[::size]
        members = same["name_id"].to_numpy().reshape(-1, size)
        shares = same["cut_share"].to_numpy(float)[::size]
        width = max(1, BATCH_CELLS // max(edges, len(chain.states) * size))
        for first in range(0, len(identifiers), width):
            chosen = slice(first, first + width)
            yield kind, identifiers[chosen], members[chosen], shares[chosen]


def credit_statistics(chain, full_cuts, scenarios, moments, dispersion):
    """Credits in proportion to the full cuts' effects; variances, and covariances on pairs."""
    parts = list(zip(*full_cuts, strict=True))
    identifiers, names = np.concatenate(parts[0]), np.concatenate(parts[1])
    risks = np.concatenate(parts[2], axis=1)
    rows = pd.DataFrame({"scenario_id": identifiers})
    pairs = full_pairs(scenarios, names)
    covariances = pd.DataFrame({"scenario_id": np.concatenate([identifiers, pairs["scenario_id"]])})

    columns = (
        ("credit", "credit_covariance", "credit_total_covariance"),
        ("credited_value", "value_covariance", "value_total_covariance"),
    )
    for kind, (credit, covariance, total_covariance) in enumerate(columns):
        risk, total = risks[kind], chain.totals[kind]
        # Values can cancel out: then the counts say how the total is shared.
        share_of = risk if risk.sum() != 0 else risks[0]
        shares = share_of / share_of.sum() if share_of.sum() != 0 else np.zeros_like(risk)
        rows[credit] = shares * total
        if moments is None or risk.sum() == 0:
            rows[total_covariance] = covariances[covariance] = np.nan
            continue
        slopes = np.concatenate(parts[3 + kind], axis=1)
        slopes = (slopes - slopes.sum(axis=1)[:, None] * shares) * (total / risk.sum())
        slopes += total_gradients(chain)[kind][:, None] * shares
        matrix = dispersion[kind] * (slopes.T @ (moments @ slopes))
        # What rounding leaves of 0 would pass for a variance.
        matrix[np.abs(matrix) < ROUNDING * total**2] = 0
        rows[total_covariance] = matrix.sum(axis=1)  # credits add up to the total
        covariances[covariance] = np.concatenate(
            [np.diag(matrix), matrix[pairs["one"], pairs["other"]]]
        )
    return covariances.merge(rows, how="left")


def full_pairs(scenarios, names):
    """The full cuts of two channels, each channel by its place in `names`."""
    full = scenarios[(scenarios["cut_share"] == 1) & (scenarios["scenario_kind"] == "pair")]
    place = pd.Series(np.arange(len(names)), index=names)
    two = full.groupby("scenario_id")["name_id"].agg(["min", "max"])
    return {
        "scenario_id": two.index.to_numpy(),
        "one": place[two["min"]].to_numpy(),
        "other": place[two["max"]].to_numpy(),
    }


def markov_statistics(transitions, moments, scenarios, dispersions=MappingProxyType({})):
    """The whole table, from frames of the three inputs and the dispersions of groups, 1 if unknown:
    a group without conversions has none."""
    keys = ["conversion_group", "level"]
    moments_of, scenarios_of = (dict(list(frame.groupby(keys))) for frame in (moments, scenarios))
    results = []
    for (group, level), edges in transitions.groupby(keys):
        if (group, level) not in scenarios_of:
            continue
        counts = ["transitions", "value_sum", "value_square_sum"]
        chain = build_chain(edges["from_state"], edges["to_state"], *(edges[c] for c in counts))
        spread = moments_of.get((group, level))
        if spread is not None:
            ends = ["from_state_1", "to_state_1", "from_state_2", "to_state_2"]
            spread = build_moments(chain, *(spread[c] for c in [*ends, "moment", "value_moment"]))
        where = f" of group {group!r}, level {level!r}"
        dispersion = dispersions.get(group, np.ones(2))
        result = removal_statistics(chain, scenarios_of[group, level], spread, where, dispersion)
        results.append(result.assign(conversion_group=group, level=level))
    table = pd.concat(results) if results else pd.DataFrame()
    return table.reindex(columns=list(OUTPUT_SCHEMA)).astype(OUTPUT_SCHEMA)


def labelled(statistics, scenarios):
    """The statistics with the labels of their scenarios."""
    labels = scenarios.groupby("scenario_id", as_index=False).agg(
        scenario_kind=("scenario_kind", "first"),
        scenario=("scenario", "first"),
        cut_share=("cut_share", "first"),
        name_id=("name_id", "min"),
        name=("name", "min"),
        other_name=("name", "max"),
    )
    table = statistics.merge(labels, how="left", on="scenario_id")
    return table.astype(OUTPUT_SCHEMA | LABELS_SCHEMA)


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
    scenarios = as_frame(dbt.ref("assisted_conversions", "int_removal_scenarios"))
    statistics = markov_statistics(
        as_frame(dbt.ref("assisted_conversions", "int_markov_transitions")),
        as_frame(dbt.ref("assisted_conversions", "int_markov_transition_moments")),
        scenarios,
        dispersions_of(as_frame(dbt.ref("assisted_conversions", "int_group_totals"))),
    )
    return labelled(statistics, scenarios)
