"""Shapley values against brute force over permutations and subsets, and the bootstrap."""

import itertools
from collections import defaultdict
from math import factorial

import journeys as made
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def channel_sets(some_journeys, has_journeys=True):
    """One row per distinct set and channel, as int_channel_sets."""
    sums = defaultdict(lambda: np.zeros(4))
    for channels, value, count in some_journeys:
        converted = value is not None
        if has_journeys or converted:
            outcome = np.array([1, converted, value or 0, (value or 0) ** 2])
            sums[frozenset(channels)] += outcome * count
    rows = [
        [identifier, f"{channel:02}", *sums[channels]]
        for identifier, channels in enumerate(sorted(sums, key=sorted))
        for channel in sorted(channels)
    ]
    numbers = ["journeys", "conversions", "value_sum", "value_square_sum"]
    frame = pd.DataFrame(rows, columns=["set_id", "channel", *numbers])
    return frame.assign(conversion_group=made.GROUP, has_journeys=has_journeys)


def worth_of_conversions(some_journeys, figure):
    """v(S): the conversions (or their value) of the journeys that lie within S."""
    return lambda coalition: sum(
        count * (value if figure == "credited_value" else 1)
        for channels, value, count in some_journeys
        if value is not None and set(channels) <= set(coalition)
    )


def worth_of_rates(some_journeys, figure):
    """v(S): the same per journey within S, of as many journeys as there are."""
    conversions = worth_of_conversions(some_journeys, figure)
    every = sum(count for _, _, count in some_journeys)

    def worth(coalition):
        within = sum(n for channels, _, n in some_journeys if set(channels) <= set(coalition))
        return conversions(coalition) / within * every if within else 0

    return worth


def by_permutations(players, worth):
    """The mean gain of each player over all orders of joining."""
    gains = dict.fromkeys(players, 0.0)
    for order in itertools.permutations(players):
        for place, player in enumerate(order):
            gains[player] += worth(order[: place + 1]) - worth(order[:place])
    return [gains[player] / factorial(len(players)) for player in players]


def by_subsets(players, worth):
    """The textbook formula over all subsets without the player."""
    known = {
        coalition: worth(coalition)
        for size in range(len(players) + 1)
        for coalition in itertools.combinations(players, size)
    }
    values = []
    for player in players:
        value = 0.0
        for coalition, before in known.items():
            if player not in coalition:
                weight = factorial(len(coalition)) * factorial(len(players) - len(coalition) - 1)
                after = known[tuple(sorted((*coalition, player)))]
                value += weight / factorial(len(players)) * (after - before)
        values.append(value)
    return values


def solve(shapley, some_journeys, *dispersions):
    table = shapley.shapley_statistics(channel_sets(some_journeys), *dispersions)
    return table.assign(**{name: table[name].astype(int) for name in ("channel", "other_channel")})


def credits_of(table):
    return table[table["channel"] == table["other_channel"]].set_index("channel")


@pytest.mark.parametrize("figure", ["credit", "credited_value"])
@pytest.mark.parametrize(
    ("channels", "brute_force"), [(1, by_permutations), (5, by_permutations)] + [(8, by_subsets)]
)
def test_credits_are_those_of_brute_force(shapley, channels, brute_force, figure):
    some_journeys = made.made_journeys(seed=channels, channels=channels, distinct=30, most=6)
    found = credits_of(solve(shapley, some_journeys))[figure]
    players = sorted({channel for path, _, _ in some_journeys for channel in path})
    expected = brute_force(players, worth_of_rates(some_journeys, figure))
    assert found[players].tolist() == pytest.approx(expected, abs=1e-8)


def test_errors_agree_with_the_poisson_bootstrap(shapley):
    some_journeys = [
        (path, value, count + 40)
        for path, value, count in made.made_journeys(seed=8, channels=3, distinct=15, most=4)
    ]
    table = solve(shapley, some_journeys)
    random = np.random.default_rng(3)
    draws = []
    for _ in range(400):
        drawn = [(path, value, int(random.poisson(n))) for path, value, n in some_journeys]
        result = credits_of(solve(shapley, drawn))
        draws.append(result[["credit", "credited_value"]].unstack())
    draws = pd.concat(draws, axis=1).T
    exact = credits_of(table)
    for figure, covariance in (("credit", "credit"), ("credited_value", "value")):
        ratio = np.sqrt(exact[f"{covariance}_covariance"]) / draws[figure].std()
        assert ratio.between(0.9, 1.1).all(), ratio
    pairs = table.set_index(["channel", "other_channel"])["credit_covariance"]
    difference = (draws["credit"][1] - draws["credit"][2]).std()
    expected = np.sqrt(pairs[1, 1] + pairs[2, 2] - 2 * pairs[1, 2])
    assert expected == pytest.approx(difference, rel=0.1)
    total = draws["credit"].sum(axis=1).var()
    assert exact["credit_total_covariance"].sum() == pytest.approx(total, rel=0.2)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(1, 6), min_size=1, max_size=6),
            st.one_of(st.none(), st.floats(-10, 1000)),
            st.integers(1, 50),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_the_journeys_credits_add_up(shapley, some_journeys):
    table = shapley.shapley_statistics(channel_sets(some_journeys))
    converted = [(value, count) for _, value, count in some_journeys if value is not None]
    for _, rows in table.groupby("attribution_model"):
        credits = credits_of(rows)
        conversions = sum(count for _, count in converted)
        value = sum(value * count for value, count in converted)
        assert credits["credit"].sum() == pytest.approx(conversions, abs=1e-6)
        assert credits["credited_value"].sum() == pytest.approx(value, abs=1e-6)
        assert credits["credit_total_covariance"].sum() == pytest.approx(conversions, abs=1e-6)
        assert (credits["credit_covariance"] >= -1e-9).all()


def test_a_channel_that_lowers_the_rate_has_negative_credit(shapley):
    some_journeys = [([1], 1.0, 50), ([1], None, 50), ([1, 2], 1.0, 10), ([1, 2], None, 190)]
    assert credits_of(solve(shapley, some_journeys)).loc[2, "credit"] < 0


def test_variances_over_journeys_are_multiplied_by_the_dispersion_of_the_group(shapley):
    some_journeys = made.made_journeys(seed=12, channels=4)
    one = solve(shapley, some_journeys)
    other = solve(shapley, some_journeys, {made.GROUP: np.array([3.0, 5.0])})
    for columns, factor in (
        (["credit", "credited_value"], 1),
        (["credit_covariance", "credit_total_covariance"], 3),
        (["value_covariance", "value_total_covariance"], 5),
    ):
        pd.testing.assert_frame_equal(other[columns], one[columns] * factor)


def test_without_journeys_there_is_no_rate(shapley):
    table = shapley.shapley_statistics(channel_sets(made.made_journeys(), has_journeys=False))
    assert table.empty


def test_above_twenty_channels_there_is_a_message_and_no_rate(shapley):
    some_journeys = [([channel], 1.0, 1) for channel in range(1, 22)]
    with pytest.warns(UserWarning, match="has 21 channels.*closed form"):
        table = shapley.shapley_statistics(channel_sets(some_journeys))
    assert table.empty


def test_twenty_channels_are_exact(shapley):
    # Each channel on its own: the grand coalition's rate is shared by symmetry.
    some_journeys = [([channel], 1.0, 3) for channel in range(1, 21)]
    some_journeys += [([channel], None, 7) for channel in range(1, 21)]
    credits = credits_of(solve(shapley, some_journeys))["credit"]
    assert credits.tolist() == pytest.approx([3.0] * 20)


def test_no_conversions_give_no_credit(shapley):
    table = shapley.shapley_statistics(channel_sets([([1, 2], None, 8), ([2], None, 4)]))
    assert set(table["attribution_model"]) == {"shapley_rate"}
    assert (credits_of(table)["credit"] == 0).all()


def test_no_data_give_an_empty_table_of_the_right_types(shapley):
    table = shapley.shapley_statistics(channel_sets([]))
    assert table.empty
    assert dict(table.dtypes.astype(str)) == shapley.OUTPUT_SCHEMA
