"""Markov chains against hand-solved ones, real deletion of channels, and the bootstrap."""

import journeys as made
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st


def name(members):
    return "+".join(str(member) for member in members)


def solve(markov, some_journeys, order=1, spread=True, **choice):
    """Statistics by scenario, with its members and the share that is cut."""
    chosen = made.scenarios(some_journeys, **choice)
    table = markov.markov_statistics(
        made.transitions(some_journeys, order),
        made.moments(some_journeys, order if spread else 1)
        if spread
        else pd.DataFrame(columns=["conversion_group", "level"]),
        chosen,
    )
    members = chosen.groupby("scenario_id").agg(
        members=("name_id", name), cut_share=("cut_share", "first")
    )
    return table.join(members, on="scenario_id").set_index(["members", "cut_share"])


def chance_without(some_journeys, keep_of, order=1):
    """Solves the chain again, where each visit to a state is kept with the chance that `keep_of`
    its channels gives; returns conversions and value per journey. Uses no code of the model."""
    counted = made.transitions(some_journeys, order)
    states = sorted(set(counted["from_state"]))
    place = {state: row for row, state in enumerate(states)}
    steps, ends = np.zeros((len(states), len(states))), np.zeros((len(states), 2))
    for edge in counted.itertuples():
        row = place[edge.from_state]
        if edge.to_state >= 0:
            steps[row, place[edge.to_state]] += edge.transitions
        elif edge.to_state == made.CONVERSION:
            ends[row] += [edge.transitions, edge.value_sum]
    visits = counted.groupby("from_state")["transitions"].sum().to_numpy()[:, None]
    keep = np.array([keep_of(channels_of(state)) for state in states])[:, None]
    steps, ends = keep * steps / visits, keep * ends / visits
    return np.linalg.solve(np.eye(len(states)) - steps, ends)[0]


def channels_of(state):
    channels = []
    while state:
        state, channel = divmod(state, made.BASE)
        channels.append(channel)
    return channels


def totals(some_journeys):
    converted = [(value, count) for _, value, count in some_journeys if value is not None]
    return (
        sum(count for _, count in converted),
        sum(value * count for value, count in converted),
        sum(count for _, _, count in some_journeys),
    )


def test_two_channels_solved_by_hand(markov):
    # start -> 1 always; 1 -> 2 in 2 of 4, -> conversion in 1, -> null in 1; 2 -> conversion in 1 of
    # 2. h = 1/4 + 2/4 * 1/2 = 1/2. Without 1 nothing is left, without 2 one half of that half.
    table = solve(
        markov, [([1], 10.0, 1), ([1], None, 1), ([1, 2], 30.0, 1), ([1, 2], None, 1)]
    ).droplevel("cut_share")
    assert table.loc[["1", "2"], "removal_effect"].tolist() == pytest.approx([1, 1 / 2])
    assert table.loc[["1", "2"], "value_removal_effect"].tolist() == pytest.approx([1, 3 / 4])
    assert table.loc[["1", "2"], "credit"].tolist() == pytest.approx([2 * 2 / 3, 2 / 3])
    assert table.loc[["1", "2"], "credited_value"].tolist() == pytest.approx(
        [40 * 4 / 7, 40 * 3 / 7]
    )


def test_a_loop_solved_by_hand(markov):
    # 1 > 2 > 1 converts, 1 does not: start -> 1; of 3 visits to 1: one to 2, one converts, one is
    # lost; 2 -> 1. h1 = 1/3 + h1/3 = 1/2. Without 2: h1 = 1/3, so the effect is 1/3.
    table = solve(markov, [([1, 2, 1], 1.0, 1), ([1], None, 1)]).droplevel("cut_share")
    assert table.loc[["1", "2"], "removal_effect"].tolist() == pytest.approx([1, 1 / 3])


def test_repeats_of_a_state_are_one(markov):
    plain = solve(markov, [([1, 2], 5.0, 3), ([2], None, 4)])
    repeated = solve(markov, [([1, 1, 2, 2, 2], 5.0, 3), ([2, 2], None, 4)])
    pd.testing.assert_frame_equal(plain, repeated)


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_effects_are_those_of_really_deleting_the_channel(markov, order):
    some_journeys = made.made_journeys(seed=order)
    conversions, value, total = totals(some_journeys)
    table = solve(markov, some_journeys, order, spread=False)
    for channel in range(1, 6):
        left = chance_without(some_journeys, lambda held, c=channel: float(c not in held), order)
        row = table.loc[(str(channel), 1.0)]
        assert row["removal_effect"] == pytest.approx(1 - left[0] * total / conversions, abs=1e-9)
        assert row["value_removal_effect"] == pytest.approx(1 - left[1] * total / value, abs=1e-9)
        assert row["conversions_at_risk"] == pytest.approx(conversions * row["removal_effect"])
    assert table["credit"].sum() == pytest.approx(conversions)
    assert table["credited_value"].sum() == pytest.approx(value)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_sets_and_pairs_are_never_the_sum_of_single_effects(markov, order):
    some_journeys = made.made_journeys(seed=10 + order)
    conversions, value, total = totals(some_journeys)
    table = solve(
        markov, some_journeys, order, spread=False, pairs=True, sets=[((1, 3, 4), 1.0)]
    ).xs(1.0, level="cut_share")
    for members in [(1, 2), (4, 5), (1, 3, 4)]:
        left = chance_without(
            some_journeys, lambda held, gone=members: float(not set(gone) & set(held)), order
        )
        row = table.loc[name(members)]
        assert row["removal_effect"] == pytest.approx(1 - left[0] * total / conversions, abs=1e-9)
        assert row["value_removal_effect"] == pytest.approx(1 - left[1] * total / value, abs=1e-9)
        singles = sum(table.loc[str(member), "removal_effect"] for member in members)
        assert row["removal_effect"] < singles


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_partial_cut_loses_that_share_of_the_visits(markov, order, share):
    some_journeys = made.made_journeys(seed=3)
    conversions, _, total = totals(some_journeys)
    table = solve(
        markov, some_journeys, order, spread=False, shares=(share, 1.0), sets=[((2, 5), share)]
    )
    for members in [(1,), (4,), (2, 5)]:
        left = chance_without(
            some_journeys,
            lambda held, cut=members: 1 - share * bool(held and held[0] in cut),
            order,
        )
        assert table.loc[(name(members), share), "removal_effect"] == pytest.approx(
            1 - left[0] * total / conversions, abs=1e-9
        )


def test_iteration_agrees_with_the_dense_solution(markov):
    some_journeys = made.made_journeys(seed=5)
    counted = made.transitions(some_journeys)
    chain = markov.build_chain(
        *(counted[c] for c in ["from_state", "to_state"]),
        *(counted[c] for c in ["transitions", "value_sum", "value_square_sum"]),
    )
    fundamental, outcome = markov.solve_dense(chain)
    assert markov.solve_iterated(chain) == pytest.approx(outcome, abs=1e-11)
    members, shares = np.array([[1, 2], [3, 5]]), np.array([1.0, 0.4])
    keep = np.ones((6, 2))
    keep[members, np.arange(2)[:, None]] = 1 - shares[:, None]
    for exact, iterated in zip(
        markov.cut_dense(chain, fundamental, outcome, members, shares),
        markov.cut_iterated(chain, outcome, keep),
        strict=True,
    ):
        assert iterated == pytest.approx(exact, abs=1e-9)


@pytest.fixture(scope="module")
def bootstrapped(markov):
    """Poisson(count) journeys of each distinct path, all statistics computed again each time."""

    def run(some_journeys, order, runs):
        random = np.random.default_rng(1)
        chosen = made.scenarios(some_journeys, shares=(0.3, 1.0), pairs=True)
        draws = []
        for _ in range(runs):
            drawn = [(path, value, int(random.poisson(n))) for path, value, n in some_journeys]
            counted = made.transitions([journey for journey in drawn if journey[2]], order)
            chain = markov.build_chain(
                *(counted[c] for c in ["from_state", "to_state"]),
                *(counted[c] for c in ["transitions", "value_sum", "value_square_sum"]),
            )
            result = markov.removal_statistics(chain, chosen)
            draws.append(result.sort_values("scenario_id").set_index("scenario_id"))
        return pd.concat(draws, keys=range(runs))

    return run


@pytest.mark.parametrize(("order", "runs", "tolerance"), [(1, 700, 0.10), (2, 300, 0.15)])
def test_errors_agree_with_the_poisson_bootstrap(markov, bootstrapped, order, runs, tolerance):
    some_journeys = [
        (path, value, count + 50)
        for path, value, count in made.made_journeys(seed=22, channels=3, distinct=20, most=5)
    ]
    draws = bootstrapped(some_journeys, order, runs)
    table = solve(markov, some_journeys, order, shares=(0.3, 1.0), pairs=True)
    by_scenario = table.set_index("scenario_id").sort_index()
    spread = draws.groupby("scenario_id").std()
    for figure in ("conversions_at_risk", "value_at_risk"):
        ratio = by_scenario[f"{figure}_error"] / spread[figure]
        assert ratio.between(1 - tolerance, 1 + tolerance).all(), ratio
    single = by_scenario.index[by_scenario["credit"].notna()]
    for figure, covariance in (("credit", "credit"), ("credited_value", "value")):
        ratio = np.sqrt(by_scenario[f"{covariance}_covariance"])[single] / spread[figure][single]
        assert ratio.between(1 - tolerance, 1 + tolerance).all(), ratio

    # Covariances: the errors of the differences between channels.
    credits = draws["credit"].unstack()
    covered = table.xs(1.0, level="cut_share")
    for pair in [(1, 2), (1, 3), (2, 3)]:
        one, other, both = (covered.loc[name(members)] for members in [pair[:1], pair[1:], pair])
        difference = credits[one["scenario_id"]] - credits[other["scenario_id"]]
        variance = one["credit_covariance"] + other["credit_covariance"]
        variance -= 2 * both["credit_covariance"]
        assert np.sqrt(variance) == pytest.approx(difference.std(), rel=tolerance)
    # All credits together are the total, whose variance is the number of conversions.
    assert table["credit_total_covariance"].sum() == pytest.approx(totals(some_journeys)[0])


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(1, 4), min_size=1, max_size=7),
            st.one_of(st.none(), st.floats(0, 1000)),
            st.integers(1, 50),
        ),
        min_size=1,
        max_size=12,
    ),
    st.integers(1, 4),
)
def test_whatever_the_journeys_credits_add_up(markov, some_journeys, order):
    conversions, value, _ = totals(some_journeys)
    table = solve(markov, some_journeys, order)
    assert table["credit"].sum() == pytest.approx(conversions, abs=1e-6)
    assert table["credited_value"].sum() == pytest.approx(value, rel=1e-6, abs=1e-6)
    if conversions:
        assert table["removal_effect"].between(-1e-9, 1 + 1e-9).all()
        assert (table["credit_covariance"] > -1e-9).all()
    assert table["conversions_at_risk_error"].notna().all()


def test_one_path(markov):
    row = solve(markov, [([7], 12.0, 1)]).iloc[0]
    assert (row["removal_effect"], row["credit"], row["credited_value"]) == (1, 1, 12)
    assert row["credit_covariance"] == pytest.approx(1)  # one conversion: its own Poisson error


def test_single_channel_paths_share_nothing(markov):
    table = solve(markov, [([1], 1.0, 8), ([2], 1.0, 4), ([2], None, 9)]).droplevel("cut_share")
    assert table.loc[["1", "2"], "credit"].tolist() == pytest.approx([8, 4])
    assert table.loc[["1", "2"], "credit_covariance"].tolist() == pytest.approx([8, 4])


def test_variances_over_journeys_are_multiplied_by_the_dispersion_of_the_group(markov):
    some_journeys = made.made_journeys(seed=12, channels=3)
    inputs = (
        made.transitions(some_journeys),
        made.moments(some_journeys),
        made.scenarios(some_journeys, shares=(0.5, 1.0), pairs=True),
    )
    one = markov.markov_statistics(*inputs)
    other = markov.markov_statistics(*inputs, {made.GROUP: np.array([4.0, 9.0])})
    for columns, factor in (
        (["credit", "credited_value", "conversions_at_risk", "value_at_risk"], 1),
        (["conversions_at_risk_error"], 2),
        (["value_at_risk_error"], 3),
        (["credit_covariance", "credit_total_covariance"], 4),
        (["value_covariance", "value_total_covariance"], 9),
    ):
        pd.testing.assert_frame_equal(other[columns], one[columns] * factor)


def test_no_conversions_give_no_credit(markov):
    table = solve(markov, [([1, 2], None, 8), ([2], None, 4)])
    assert (table["credit"] == 0).all()
    assert (table["conversions_at_risk"] == 0).all()
    assert table["removal_effect"].isna().all()


def test_without_non_converters_every_journey_converts(markov):
    table = solve(markov, [([1, 2], 1.0, 3), ([2], 1.0, 1)]).droplevel("cut_share")
    assert table.loc[["1", "2"], "removal_effect"].tolist() == pytest.approx([3 / 4, 1])


def test_values_that_cancel_out_are_shared_by_counts(markov):
    table = solve(markov, [([1], 5.0, 1), ([2], -5.0, 1)])
    assert table["credited_value"].sum() == 0
    assert table["value_removal_effect"].isna().all()


def test_a_long_loop_settles(markov):
    table = solve(markov, [([1, 2] * 200, 1.0, 1), ([1], None, 5)], order=2, spread=False)
    left = chance_without([([1, 2] * 200, 1.0, 1), ([1], None, 5)], lambda h: float(2 not in h), 2)
    assert table.loc[("2", 1.0), "removal_effect"] == pytest.approx(1 - left[0] * 6, abs=1e-9)


@pytest.mark.parametrize("order", [1, 2])
def test_five_hundred_channels(markov, order):
    some_journeys = made.made_journeys(seed=9, channels=500, distinct=2000, most=4)
    table = solve(markov, some_journeys, order, spread=False)
    assert len(table) == 500
    assert table["credit"].sum() == pytest.approx(totals(some_journeys)[0])
    conversions, _, total = totals(some_journeys)
    left = chance_without(some_journeys, lambda held: float(250 not in held), order)
    assert table.loc[("250", 1.0), "removal_effect"] == pytest.approx(
        1 - left[0] * total / conversions, abs=1e-9
    )


def test_row_order_changes_nothing(markov):
    some_journeys = made.made_journeys(seed=4)
    chosen = made.scenarios(some_journeys, pairs=True)
    counted, spread = made.transitions(some_journeys), made.moments(some_journeys)
    one = markov.markov_statistics(counted, spread, chosen)
    other = markov.markov_statistics(
        *(frame.sample(frac=1, random_state=1) for frame in (counted, spread, chosen))
    )
    keys = ["scenario_id"]
    pd.testing.assert_frame_equal(
        one.sort_values(keys, ignore_index=True), other.sort_values(keys, ignore_index=True)
    )


def test_counts_that_are_no_whole_journeys_stop_the_run(markov):
    some_journeys = made.made_journeys(seed=6)
    counted = made.transitions(some_journeys)
    broken = counted[~((counted["from_state"] == 2) & (counted["to_state"] == made.NULL))]
    with pytest.raises(ValueError, match=r"group '\(all macro\)'.*converting / all"):
        markov.markov_statistics(broken, made.moments(some_journeys), made.scenarios(some_journeys))


def test_no_data_give_an_empty_table_of_the_right_types(markov):
    empty = pd.DataFrame(columns=["conversion_group", "level"])
    scenarios = pd.DataFrame(columns=["scenario_id", *markov.LABELS_SCHEMA])
    table = markov.labelled(markov.markov_statistics(empty, empty, empty), scenarios)
    assert table.empty
    assert dict(table.dtypes.astype(str)) == markov.OUTPUT_SCHEMA | markov.LABELS_SCHEMA


def test_statistics_name_what_their_scenario_cuts(markov):
    some_journeys = made.made_journeys(seed=2, channels=3)
    chosen = made.scenarios(some_journeys, shares=(0.5, 1.0), pairs=True)
    chosen = chosen.assign(name="channel " + chosen["name_id"].astype(str))
    names = chosen.groupby("scenario_id")["name"].agg(" + ".join)
    chosen = chosen.assign(scenario=chosen["scenario_id"].map(names))
    table = markov.labelled(
        markov.markov_statistics(
            made.transitions(some_journeys), made.moments(some_journeys), chosen
        ),
        chosen,
    ).set_index(["scenario", "cut_share"])
    labels = ["scenario_kind", "name_id", "name", "other_name"]
    assert table.loc[("channel 2", 0.5), labels].tolist() == [
        "channel", 2, "channel 2", "channel 2"
    ]  # fmt: skip
    assert table.loc[("channel 1 + channel 3", 1.0), labels].tolist() == [
        "pair", 1, "channel 1", "channel 3"
    ]  # fmt: skip
