"""Trends: planted shifts are found soon, steady channels raise no alarm."""

from functools import cache
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from conftest import fetch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.robust.norms import Hampel

WEEKS = 52
FIRST_MONDAY = pd.Timestamp("2025-01-06")
WEEK = pd.Timedelta(weeks=1)


def weekly(assists, closes, channel="Email", group="purchase"):
    """Rows as of int_weekly_roles; the data cover each week in full, and paths are whole."""
    weeks = FIRST_MONDAY + WEEK * np.arange(len(assists))
    rows = pd.DataFrame(
        {
            "conversion_group": group,
            "week_start_date": weeks,
            "channel": channel,
            "assisted_conversions": np.asarray(assists),
            "last_conversions": np.asarray(closes),
            "whole_conversions": np.asarray(closes),
            "judged_from": weeks[0],
            "data_ends_on": weeks[-1] + WEEK - pd.Timedelta(days=1),
        }
    )
    return rows[(rows["assisted_conversions"] > 0) | (rows["last_conversions"] > 0)]


def drawn(rng, size, shares):
    """Assists and closes of weeks with about `size` of both."""
    totals = rng.poisson(size, len(shares))
    assists = rng.binomial(totals, shares)
    return assists, totals - assists


def flagged(table):
    return (
        table["is_anomaly"]
        | table["is_volume_anomaly"]
        | table["is_change_point"]
        | table["role_shift"].notna()
    )


# ---------------------------------------------------------------------------- scores


@given(
    trials=st.integers(1, 60),
    share=st.floats(0.02, 0.98),
    data=st.data(),
)
@settings(deadline=None)
def test_score_is_the_exact_binomial_tail(trends, trials, share, data):
    hits = data.draw(st.integers(0, trials))
    below = stats.binom.cdf(hits - 1, trials, share)
    above = stats.binom.sf(hits, trials, share)
    here = stats.binom.pmf(hits, trials, share)
    due = stats.norm.ppf(below + here / 2) if below < above else -stats.norm.ppf(above + here / 2)
    found = trends.share_score(hits, trials, share)
    assert found == pytest.approx(np.clip(due, -20, 20), abs=1e-6)


def test_a_share_known_from_few_trials_makes_scores_smaller(trends):
    scores = [float(trends.share_score(9, 10, 0.5, strength)) for strength in (2, 20, np.inf)]
    assert scores == sorted(scores)
    assert scores[0] < scores[2] / 2


@given(
    mean=st.floats(0.5, 2_000),
    dispersion=st.floats(0.001, 2),
    data=st.data(),
)
@settings(deadline=None)
def test_volume_score_is_the_exact_tail_of_the_negative_binomial(trends, mean, dispersion, data):
    count = data.draw(st.integers(0, int(4 * mean) + 5))
    law = stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))
    below, here, above = law.cdf(count - 1), law.pmf(count), law.sf(count)
    due = stats.norm.ppf(below + here / 2) if count < mean else -stats.norm.ppf(above + here / 2)
    found = trends.count_score(count, mean, dispersion)
    assert found == pytest.approx(np.clip(due, -20, 20), abs=1e-4)


def test_one_loud_week_does_not_move_the_baselines(trends):
    assists, closes = np.full((1, 12), 20), np.full((1, 12), 20)
    assists[0, 5], closes[0, 5] = 400, 0
    share, *_ = trends.share_baselines(assists, assists + closes)
    mean, *_ = trends.count_baselines(assists + closes, np.ones((1, 12), dtype=bool))
    assert np.isnan(share[0, :4]).all()
    assert np.isnan(mean[0, :4]).all()
    assert share[0, 4:] == pytest.approx(0.5, abs=0.01)
    assert mean[0, 4:] == pytest.approx(40, abs=1)


# ---------------------------------------------------------------------------- libraries
# The model does without them: two take longer to load than it takes to run.


def test_weights_are_hampels(trends):
    scores = np.linspace(-10, 10, 401)
    assert trends.hampel_weights(scores) == pytest.approx(Hampel().weights(scores), abs=1e-15)


def test_scatter_is_what_scores_show_and_not_below_chance(trends):
    rng = np.random.default_rng(9)
    scores = rng.normal(0, 3, (200, 60))
    assert trends.scatter_of(scores).mean() == pytest.approx(3, rel=0.08)
    scores[:, 10:14] = 15  # a few loud weeks
    assert trends.scatter_of(scores).mean() == pytest.approx(3, rel=0.2)
    first, later = scores[:, :8] / 30, scores[:, 20:] / 30
    assert trends.scatter_before(later, first)[:, 20:] == pytest.approx(1)


def test_a_scatter_known_from_few_scores_is_made_wider_as_student_s_distribution(trends):
    bound = trends.ANOMALY_SCORE
    ones = np.ones((1, 60))
    for number in (12, 25, 50):
        student = stats.t(number).isf(stats.norm.sf(bound)) / bound
        wider = trends.scatter_before(ones[:, :0], ones[:, :number])[0, -1]
        assert wider == pytest.approx(student, rel=0.12)


@given(
    levels=st.lists(st.tuples(st.integers(1, 8), st.floats(0.02, 0.98)), min_size=1, max_size=4),
    size=st.sampled_from([1, 5, 40, 2_000]),
    price=st.floats(0.5, 40),
    seed=st.integers(0, 10_000),
)
@settings(deadline=None)
def test_levels_are_the_best_of_all_ways_to_cut_the_weeks(trends, levels, size, price, seed):
    shares = np.repeat([share for _, share in levels], [weeks for weeks, _ in levels])
    assists, closes = drawn(np.random.default_rng(seed), size, shares)
    deviance = trends.level_deviance(assists, assists + closes)

    @cache
    def least(end):
        """Of the weeks before `end`: deviance and prices of the best cuts, tried one by one."""
        if end == 0:
            return -price
        starts = range(0, end - trends.LEVEL_WEEKS + 1)
        return min((least(s) + deviance[s, end] + price for s in starts), default=np.inf)

    starts = trends.level_starts(deviance, price)
    bounds = [*starts, len(shares)]
    found = sum(deviance[start, end] for start, end in pairwise(bounds)) + price * (len(starts) - 1)
    if len(shares) >= trends.LEVEL_WEEKS:
        assert found == pytest.approx(least(len(shares)))
        assert min(np.diff(bounds)) >= trends.LEVEL_WEEKS
    else:
        assert starts == [0]


# ---------------------------------------------------------------------------- planted shifts


@pytest.mark.parametrize("size", [25, 300])
@pytest.mark.parametrize(("before", "after"), [(0.85, 0.15), (0.1, 0.9), (0.97, 0.35)])
def test_a_planted_role_shift_is_found_within_three_weeks(trends, size, before, after):
    rng = np.random.default_rng([size, int(before * 100)])
    found = 0
    for _ in range(40):
        start = int(rng.integers(12, 40))
        shares = np.where(np.arange(start + 3) < start, before, after)
        table = trends.assist_trends(weekly(*drawn(rng, size, shares)))
        shifts = table[table["role_shift"].notna()]
        direction = "to assisting" if after > 0.5 else "to closing"
        is_near = (shifts["week_start_date"] - (FIRST_MONDAY + start * WEEK)).abs() <= WEEK
        found += len(shifts) == 1 and is_near.all() and (shifts["role_shift"] == direction).all()
    assert found >= 38


def demo_weeks(demo_db):
    weeks = pd.DataFrame(fetch(demo_db, "select * from intermediate.int_weekly_roles"))
    dates = ["week_start_date", "judged_from", "data_ends_on"]
    return weeks.assign(**{date: pd.to_datetime(weeks[date]) for date in dates})


@pytest.mark.parametrize("channel", ["Paid Social", "Direct"])
def test_a_shift_planted_in_the_demo_is_found_within_three_weeks(trends, demo_db, channel):
    steady = demo_weeks(demo_db)
    rows = steady[(steady["conversion_group"] == "purchase") & (steady["channel"] == channel)]
    # Twenty judged weeks before the first shift.
    first = (rows["judged_from"].max() + 20 * WEEK).to_period("W-SUN").start_time
    for start in pd.date_range(first, "2026-05-25", freq="35D"):
        planted = rows[rows["week_start_date"] < start + 3 * WEEK].copy()
        after = planted["week_start_date"] >= start
        roles = ["assisted_conversions", "last_conversions"]
        planted.loc[after, roles] = planted.loc[after, roles[::-1]].to_numpy()
        planted["data_ends_on"] = start + 3 * WEEK - pd.Timedelta(days=1)
        table = trends.assist_trends(planted)
        shifts = table.loc[table["role_shift"].notna(), "week_start_date"]
        assert ((shifts - start).abs() <= WEEK).all(), (start, list(shifts))
        assert len(shifts) == 1, start


def test_a_shift_back_is_a_second_shift(trends):
    shares = np.repeat([0.8, 0.2, 0.8], [20, 12, 20])
    table = trends.assist_trends(weekly(*drawn(np.random.default_rng(3), 40, shares)))
    shifts = table.loc[table["role_shift"].notna(), ["week_start_date", "role_shift"]]
    assert list(shifts["role_shift"]) == ["to closing", "to assisting"]
    assert list((shifts["week_start_date"] - FIRST_MONDAY) // WEEK) == [20, 32]
    assert table["level"].round(1)[[0, 20, 32]].tolist() == [0.8, 0.2, 0.8]


def test_a_step_on_one_side_of_one_half_is_no_role_shift(trends):
    shares = np.repeat([0.95, 0.7], [30, 20])
    table = trends.assist_trends(weekly(*drawn(np.random.default_rng(4), 150, shares)))
    assert table["role_shift"].isna().all()
    assert list(np.flatnonzero(table["is_change_point"])) == [30]


def test_levels_on_two_sides_of_one_half_differ_by_a_tenth_for_a_shift(trends):
    assists = np.repeat([4_800, 5_700, 4_900, 5_100], 20)
    table = trends.assist_trends(weekly(assists, 10_000 - assists))
    assert list(np.flatnonzero(table["is_change_point"])) == [20, 40, 60]
    assert table["role_shift"].isna().all()
    assists = np.repeat([4_500, 5_500], 20)
    table = trends.assist_trends(weekly(assists, 10_000 - assists))
    assert list(np.flatnonzero(table["role_shift"].notna())) == [20]


@pytest.mark.parametrize("weeks", [[1], [30], [30, 31], [51], [50, 51]])
def test_one_or_two_loud_weeks_leave_no_change_point(trends, weeks):
    """Also before there is a baseline, and at the end of the data."""
    assists, closes = drawn(np.random.default_rng(5), 1_000, np.full(WEEKS, 0.45))
    assists[weeks], closes[weeks] = 2_700, 300
    table = trends.assist_trends(weekly(assists, closes))
    assert list(np.flatnonzero(table["is_anomaly"])) == [week for week in weeks if week > 3]
    assert not table["is_change_point"].any()


def test_three_loud_weeks_may_be_a_new_level(trends):
    assists, closes = drawn(np.random.default_rng(5), 1_000, np.full(WEEKS, 0.45))
    assists[49:], closes[49:] = 2_700, 300
    table = trends.assist_trends(weekly(assists, closes))
    assert list(np.flatnonzero(table["role_shift"].notna())) == [49]


# ---------------------------------------------------------------------------- volume


@pytest.mark.parametrize("factor", [0, 0.3, 3])
def test_a_change_of_volume_with_the_same_mix_is_found(trends, factor):
    assists, closes = drawn(np.random.default_rng(11), 60, np.full(WEEKS, 0.4))
    assists[30] = round(24 * factor)
    closes[30] = round(36 * factor)
    table = trends.assist_trends(weekly(assists, closes))
    assert list(np.flatnonzero(table["is_volume_anomaly"])) == [30]
    assert not table["is_anomaly"].any()
    assert table["volume_baseline"][30] == pytest.approx(60, rel=0.15)


def test_a_week_without_any_conversion_of_the_group_flags_also_channels_too_small_to_tell(trends):
    rng = np.random.default_rng(12)
    large, small = (drawn(rng, size, np.full(WEEKS, 0.4)) for size in (100, 2))
    for counts in (*large, *small):
        counts[30] = 0
    rows = pd.concat([weekly(*large, "Large"), weekly(*small, "Small")])
    table = trends.assist_trends(rows).set_index("channel")
    for channel in ("Large", "Small"):
        assert list(np.flatnonzero(table.loc[channel, "is_volume_anomaly"])) == [30]
    # With conversions of the group on that day, nobody's channel among them, each is judged alone.
    others = weekly(np.zeros(WEEKS, dtype=int), np.full(WEEKS, 1), trends.UNATTRIBUTED)
    table = trends.assist_trends(pd.concat([rows, others])).set_index("channel")
    assert table.loc["Large", "is_volume_anomaly"].sum() == 1
    assert not table.loc["Small", "is_volume_anomaly"].any()


# ---------------------------------------------------------------------------- false alarms


def test_data_whose_sessions_and_conversions_begin_on_the_same_day_show_no_shift(trends):
    """Paths grow until they can be as long as the lookback: 13 weeks are not judged."""
    rng = np.random.default_rng(13)
    shares = np.minimum(0.2 + 0.5 * np.arange(WEEKS) / 13, 0.7)
    rows = weekly(*drawn(rng, 300, shares))
    growing = trends.assist_trends(rows)
    assert growing["role_shift"].notna().any()
    rows["judged_from"] = rows["week_start_date"].min() + pd.Timedelta(days=90, hours=1)
    table = trends.assist_trends(rows)
    assert list(table["is_judged"]) == [False] * 13 + [True] * (WEEKS - 13)
    assert not flagged(table).any()
    assert table["level"].isna()[:13].all()
    assert table["baseline"].isna()[:17].all()


# ---------------------------------------------------------------------------- weeks


def test_part_weeks_are_shown_and_not_judged(trends):
    rows = weekly([50] * 20, [50] * 20)
    rows.loc[19, ["assisted_conversions", "last_conversions"]] = [0, 40]
    rows["judged_from"] += pd.Timedelta(hours=1)
    rows["data_ends_on"] -= pd.Timedelta(days=1)
    table = trends.assist_trends(rows)
    assert list(table["is_judged"]) == [False, *[True] * 18, False]
    assert not flagged(table).any()
    for column in ("baseline", "anomaly_score", "volume_baseline", "volume_score", "level"):
        assert table[column].isna()[[0, 19]].all()


def test_every_week_has_a_row_from_the_group_s_first_to_the_last_of_the_data(trends):
    rows = pd.concat(
        [
            weekly([5, 0, 0, 4], [1, 0, 0, 2]),
            weekly([0, 0, 3, 0], [0, 0, 0, 0], "Late"),
            weekly([0, 0, 1, 0], [0, 0, 0, 0], group="lead"),
            weekly([0, 0, 0, 0], [0, 9, 0, 0], trends.UNATTRIBUTED, group="lead"),
        ]
    )
    rows["data_ends_on"] = FIRST_MONDAY + 5 * WEEK
    table = trends.assist_trends(rows)
    assert set(table["channel"]) == {"Email", "Late"}
    counts = {
        key: list(own["assisted_conversions"])
        for key, own in table.groupby(["conversion_group", "channel"])
    }
    assert counts == {
        ("purchase", "Email"): [5, 0, 0, 4, 0, 0],
        ("purchase", "Late"): [0, 0, 3, 0, 0, 0],
        ("lead", "Email"): [0, 1, 0, 0, 0],
    }
    assert table["week_start_date"].max() == FIRST_MONDAY + 5 * WEEK


def test_an_earlier_week_is_judged_the_same_when_later_ones_come(trends):
    assists, closes = drawn(np.random.default_rng(7), 30, np.full(WEEKS, 0.6))
    scores = ["anomaly_score", "volume_score"]
    early = trends.assist_trends(weekly(assists[:30], closes[:30]))[scores]
    late = trends.assist_trends(weekly(assists, closes))[scores]
    pd.testing.assert_frame_equal(early, late[:30])


def test_the_order_of_rows_changes_nothing(trends):
    rng = np.random.default_rng(8)
    rows = pd.concat(
        [weekly(*drawn(rng, 20, np.full(WEEKS, 0.4)), channel) for channel in ("A", "B", "C")]
    )
    table = trends.assist_trends(rows)
    pd.testing.assert_frame_equal(table, trends.assist_trends(rows.sample(frac=1, random_state=1)))


def test_no_rows_give_an_empty_table_of_the_same_columns(trends):
    table = trends.assist_trends(weekly([1], [1])[:0])
    assert table.empty
    assert {name: str(kind) for name, kind in table.dtypes.items()} == trends.OUTPUT_SCHEMA
