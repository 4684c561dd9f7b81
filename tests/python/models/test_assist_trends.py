"""Trends: planted shifts are found soon, steady channels raise no alarm."""

import numpy as np
import pandas as pd
import pytest
from conftest import fetch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.tree import DecisionTreeClassifier
from statsmodels.robust import mad
from statsmodels.robust.norms import Hampel

WEEKS = 52
FIRST_MONDAY = pd.Timestamp("2025-01-06")
WEEK = pd.Timedelta(weeks=1)


def weekly(assists, closes, channel="Email"):
    """Rows as of int_weekly_roles; the data cover each week in full."""
    weeks = FIRST_MONDAY + WEEK * np.arange(len(assists))
    rows = pd.DataFrame(
        {
            "conversion_group": "purchase",
            "week_start_date": weeks,
            "channel": channel,
            "assisted_conversions": np.asarray(assists),
            "last_conversions": np.asarray(closes),
            "data_begins_on": weeks[0],
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
    return table["is_anomaly"] | table["is_change_point"] | table["role_shift"].notna()


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
    found = trends.binomial_score(hits, trials, share)
    assert found == pytest.approx(np.clip(due, -20, 20), abs=1e-6)


def test_a_share_known_from_few_trials_makes_scores_smaller(trends):
    scores = [float(trends.binomial_score(9, 10, 0.5, strength)) for strength in (2, 20, np.inf)]
    assert scores == sorted(scores)
    assert scores[0] < scores[2] / 2


def test_one_loud_week_does_not_move_the_baseline(trends):
    assists, closes = np.full(12, 20), np.full(12, 20)
    assists[5], closes[5] = 400, 0
    baseline, *_ = trends.baselines(assists, assists + closes)
    assert np.isnan(baseline[:4]).all()
    assert baseline[4:] == pytest.approx(0.5, abs=0.01)


# ---------------------------------------------------------------------------- libraries
# The model does without them: two take longer to load than it takes to run.


def test_weights_are_hampels(trends):
    scores = np.linspace(-10, 10, 401)
    assert trends.hampel_weights(scores) == pytest.approx(Hampel().weights(scores), abs=1e-15)


def test_scatter_is_the_median_deviation_of_what_is_known_so_far(trends):
    rng = np.random.default_rng(9)
    first = rng.normal(0, 3, (6, trends.BASELINE_WEEKS))
    scores = rng.normal(0, 3, (6, 20))
    first[:, 5:], first[0], scores[:3, ::3] = np.nan, np.nan, np.nan
    found = trends.scatter_before(scores, first)
    for channel, week in np.ndindex(found.shape):
        past = np.append(first[channel], scores[channel, :week])
        past = past[np.isfinite(past)]
        is_enough = len(past) >= trends.MIN_BASELINE_WEEKS
        due = max(1, mad(past, center=0)) if is_enough else 1
        assert found[channel, week] == pytest.approx(due)


@given(
    levels=st.lists(st.tuples(st.integers(1, 15), st.floats(0.02, 0.98)), min_size=1, max_size=6),
    size=st.sampled_from([1, 5, 40, 2_000]),
    price=st.floats(0.5, 40),
    seed=st.integers(0, 10_000),
)
@settings(deadline=None)
def test_cuts_are_those_of_a_pruned_classification_tree(trends, levels, size, price, seed):
    shares = np.repeat([share for _, share in levels], [weeks for weeks, _ in levels])
    rng = np.random.default_rng(seed)
    # With fractions, so that no two cuts gain the same.
    assists, closes = (
        counts + rng.uniform(0.5, 1, len(shares)) for counts in drawn(rng, size, shares)
    )
    deviance = trends.level_deviance(assists, assists + closes)
    _, cuts = trends.worthy_cuts(deviance, 0, len(shares), price)

    weeks, counts = np.arange(len(shares)), np.concatenate([assists, closes])
    tree = DecisionTreeClassifier(
        criterion="log_loss",
        min_samples_leaf=2 * trends.LEVEL_WEEKS,  # two rows a week, assists and closes
        ccp_alpha=price / (2 * np.log(2) * counts.sum()),
    )
    tree.fit(np.tile(weeks, 2)[:, None], np.repeat([1, 0], len(weeks)), sample_weight=counts)
    thresholds = tree.tree_.threshold[tree.tree_.feature >= 0]
    assert cuts == sorted(np.ceil(thresholds).astype(int))


# ---------------------------------------------------------------------------- planted shifts


@pytest.mark.parametrize("size", [8, 25, 300])
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


@pytest.mark.parametrize("channel", ["Paid Social", "Direct", "Organic Search", "Referral"])
def test_a_shift_planted_in_the_demo_is_found_within_three_weeks(trends, demo_db, channel):
    steady = demo_weeks(demo_db)
    rows = steady[(steady["conversion_group"] == "purchase") & (steady["channel"] == channel)]
    for start in pd.date_range("2025-09-22", "2026-05-25", freq="35D"):
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


def test_one_loud_week_is_an_anomaly_and_no_change_point(trends):
    assists, closes = drawn(np.random.default_rng(5), 60, np.full(WEEKS, 0.8))
    assists[30], closes[30] = 3, 90
    table = trends.assist_trends(weekly(assists, closes))
    assert list(np.flatnonzero(table["is_anomaly"])) == [30]
    assert table["anomaly_score"][30] < -3.5
    assert not table["is_change_point"].any()


# ---------------------------------------------------------------------------- false alarms


def demo_weeks(demo_db):
    weeks = pd.DataFrame(fetch(demo_db, "select * from intermediate.int_weekly_roles"))
    dates = ["week_start_date", "data_begins_on", "data_ends_on"]
    return weeks.assign(**{date: pd.to_datetime(weeks[date]) for date in dates})


def test_false_alarms_on_the_steady_demo_stay_below_two_percent_of_weeks(demo_db):
    """Nothing is planted there: whatever is found is a false alarm."""
    rows = fetch(
        demo_db,
        """
        select
            count(*) as weeks,
            count(case when is_anomaly or is_change_point or is_role_shift then 1 end) as alarms
        from reports.rpt_assist_trends
        where is_complete_week and assisted_conversions + last_conversions > 0
        """,
    )
    assert rows[0]["weeks"] > 4_000
    assert rows[0]["alarms"] / rows[0]["weeks"] < 0.02


@pytest.mark.parametrize("size", [2, 12, 250])
@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_false_alarms_on_steady_draws_stay_below_two_percent_of_weeks(trends, size, share):
    rng = np.random.default_rng([size, int(share * 100)])
    tables = [
        trends.assist_trends(weekly(*drawn(rng, size, np.full(WEEKS, share)))) for _ in range(15)
    ]
    alarms = pd.concat([flagged(table) for table in tables])
    assert len(alarms) > 10 * WEEKS
    assert alarms.mean() < 0.02


def test_weeks_that_scatter_more_than_chance_raise_no_more_alarms(trends):
    rng = np.random.default_rng(6)
    shares = rng.beta(20, 20, size=(15, 2 * WEEKS))
    alarms = pd.concat(
        [flagged(trends.assist_trends(weekly(*drawn(rng, 400, share)))) for share in shares]
    )
    assert alarms.mean() < 0.02


# ---------------------------------------------------------------------------- weeks


def test_part_weeks_are_shown_and_not_judged(trends):
    rows = weekly([50] * 20, [50] * 20)
    rows.loc[19, ["assisted_conversions", "last_conversions"]] = [0, 40]
    rows["data_begins_on"] += pd.Timedelta(days=1)
    rows["data_ends_on"] -= pd.Timedelta(days=1)
    table = trends.assist_trends(rows)
    assert list(table["is_complete_week"]) == [False, *[True] * 18, False]
    assert not flagged(table).any()
    assert table["anomaly_score"].isna()[[0, 19]].all()


def test_weeks_without_conversions_hold_zeros(trends):
    rows = weekly([5, 0, 0, 4], [1, 0, 0, 2])
    table = trends.assist_trends(rows)
    assert list(table["assisted_conversions"]) == [5, 0, 0, 4]
    assert list(table["week_start_date"]) == list(FIRST_MONDAY + WEEK * np.arange(4))


def test_an_earlier_week_is_judged_the_same_when_later_ones_come(trends):
    assists, closes = drawn(np.random.default_rng(7), 30, np.full(WEEKS, 0.6))
    early = trends.assist_trends(weekly(assists[:30], closes[:30]))["anomaly_score"]
    late = trends.assist_trends(weekly(assists, closes))["anomaly_score"]
    pd.testing.assert_series_equal(early, late[:30])


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
