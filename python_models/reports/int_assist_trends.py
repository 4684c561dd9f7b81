"""Grain: one row per conversion group, ISO week and channel.

How a channel's assist share, assists / (assists + closes), moves from week to week: against the
eight weeks before (anomalies) and between lasting levels (change points, role shifts). A week may
hold ten conversions or ten thousand, so each is judged by how likely its counts are, and by how
much the channel's weeks scatter anyway. Weeks that the data cover in part are shown, not judged.
"""

import numpy as np
import pandas as pd
from scipy.special import betainc, ndtri
from statsmodels.robust import mad
from statsmodels.robust.norms import Hampel

BASELINE_WEEKS = 8
MIN_BASELINE_WEEKS = 4  # of the eight, with conversions
ANOMALY_SCORE = 3.5  # of about 2,000 weeks without anomaly, one scores more by chance
MAX_SCORE = 20.0
LEVEL_WEEKS = 3  # a level lasts at least this long: so much later a shift is known
LEVEL_PENALTY = 12.0  # gain in deviance that a further level must bring

OUTPUT_SCHEMA = {
    "conversion_group": "string",
    "week_start_date": "datetime64[us]",
    "channel": "string",
    "assisted_conversions": "int64",
    "last_conversions": "int64",
    "is_complete_week": "bool",
    "baseline": "float64",
    "anomaly_score": "float64",
    "is_anomaly": "bool",
    "level": "float64",
    "is_change_point": "bool",
    "role_shift": "string",
}


def binomial_score(hits, trials, share, strength=np.inf):
    """How far `hits` of `trials` lie from `share`, in standard deviations of a normal.

    The tail of the binomial, half of the count itself (mid-p), so that small counts are exact.
    A share that is known from `strength` trials only makes the trials count for less.
    """
    hits, trials, share = np.broadcast_arrays(hits, trials, share)
    known = 1 / (1 + trials / strength)
    hits, trials = hits * known, trials * known
    lower = (tail(hits, trials, share) + tail(hits - 1, trials, share)) / 2
    misses = trials - hits
    upper = (tail(misses, trials, 1 - share) + tail(misses - 1, trials, 1 - share)) / 2
    score = np.where(lower < upper, ndtri(lower), -ndtri(upper))
    return np.where(trials > 0, np.clip(score, -MAX_SCORE, MAX_SCORE), 0.0)


def tail(most, trials, share):
    """Chance of `most` hits or fewer; counts need not be whole."""
    inside = (most > -1) & (most < trials)
    chance = betainc(np.where(inside, trials - most, 1), np.where(inside, most + 1, 1), 1 - share)
    return np.where(inside, chance, np.where(most <= -1, 0.0, 1.0))


def baselines(hits, trials):
    """For each week, of the weeks before it: the robust share, the trials that it rests on, and how
    far each of them lies from it.

    From the median on, weeks that don't fit count for less (Hampel's weights).
    """
    past_hits, past_trials = before(hits), before(trials)
    share = smoothed(median_share(past_hits, past_trials) * past_trials.sum(1), past_trials.sum(1))
    for _ in range(5):
        scores = binomial_score(past_hits, past_trials, share[:, None])
        weights = Hampel().weights(scores)
        share = smoothed((weights * past_hits).sum(1), (weights * past_trials).sum(1))
    is_known = (past_trials > 0).sum(1) >= MIN_BASELINE_WEEKS
    scores[past_trials == 0] = np.nan
    return np.where(is_known, share, np.nan), (weights * past_trials).sum(1) + 1, scores


def smoothed(hits, trials):
    """A share that is never 0 or 1: no number of weeks proves that."""
    return (hits + 0.5) / (trials + 1)


def before(counts):
    """The counts of the weeks before each week, a row each; none before the first."""
    padded = np.concatenate([np.zeros(BASELINE_WEEKS), counts[:-1]])
    return np.lib.stride_tricks.sliding_window_view(padded, BASELINE_WEEKS)


def median_share(hits, trials):
    """Of the weeks with trials, one vote each, so that a loud one has no say; 0 without any."""
    shares = np.where(trials > 0, hits / np.maximum(trials, 1), np.inf)
    weeks = (trials > 0).sum(axis=1)
    middle = np.sort(shares, axis=1)[np.arange(len(hits)), np.maximum(weeks - 1, 0) // 2]
    return np.where(weeks > 0, middle, 0.0)


def scatter_before(scores, first_scores):
    """For each week the robust spread of the scores before it; 1, chance alone, at the least.

    `first_scores` are those of the weeks of the first baseline, which have no other.
    """
    past = first_scores[np.isfinite(first_scores)]
    spreads = []
    for score in scores:
        spreads.append(max(1.0, mad(past, center=0)) if len(past) >= MIN_BASELINE_WEEKS else 1.0)
        past = np.append(past, score) if np.isfinite(score) else past
    return np.array(spreads)


def level_starts(hits, trials, scatter):
    """The weeks in which a new lasting level begins; the first week always.

    A classification tree over time, whose one variable is the week: its splits are the cuts that
    gain most in binomial deviance, pruned to those worth the penalty.
    """
    weeks = np.flatnonzero(trials)
    if len(weeks) < 2 * LEVEL_WEEKS:
        return weeks[:1]
    # Here, for it takes longer to load than all else together: a run without weeks goes without.
    from sklearn.tree import DecisionTreeClassifier

    # Two rows a week, assists and closes. None weighs nothing, so that each counts for a leaf.
    counts = np.concatenate([hits[weeks], (trials - hits)[weeks]]).clip(min=1e-9)
    price = LEVEL_PENALTY * scatter**2 / (2 * np.log(2) * counts.sum())
    tree = DecisionTreeClassifier(
        criterion="log_loss", min_samples_leaf=2 * LEVEL_WEEKS, ccp_alpha=price, random_state=0
    )
    tree.fit(np.tile(weeks, 2)[:, None], np.repeat([1, 0], len(weeks)), sample_weight=counts)
    cuts = tree.tree_.threshold[tree.tree_.feature >= 0]
    starts = [weeks[0], *(weeks[weeks > cut][0] for cut in np.sort(cuts))]
    return without_passing_levels(np.array(starts), hits, trials)


def without_passing_levels(starts, hits, trials):
    """Starts whose weeks by majority, not by one loud week, differ from the level before."""
    kept = list(starts)
    for start in starts[1:]:
        place = kept.index(start)
        end = kept[place + 1] if place + 1 < len(kept) else len(trials)
        old, new = slice(kept[place - 1], start), slice(start, end)
        step = level_share(hits[new], trials[new]) - level_share(hits[old], trials[old])
        typical_step = typical_share(hits[new], trials[new]) - typical_share(hits[old], trials[old])
        if typical_step * np.sign(step) < abs(step) / 2:
            kept.remove(start)
    return np.array(kept)


def level_share(hits, trials):
    return hits.sum() / trials.sum()


def typical_share(hits, trials):
    return np.median(hits[trials > 0] / trials[trials > 0])


def channel_trend(weeks):
    """All columns for the weeks of one channel: none missing, in order."""
    complete = weeks["is_complete_week"].to_numpy()
    hits = np.where(complete, weeks["assisted_conversions"], 0).astype(float)
    trials = hits + np.where(complete, weeks["last_conversions"], 0)

    baseline, strength, past_scores = baselines(hits, trials)
    is_judged = (trials > 0) & np.isfinite(baseline)
    share = np.where(is_judged, baseline, 0.5)
    scores = np.where(is_judged, binomial_score(hits, trials, share, strength), np.nan)
    # One more entry: the spread of all weeks.
    scatter = scatter_before(np.append(scores, np.nan), past_scores[np.argmax(is_judged)])
    judged = scores / scatter[:-1]

    starts = level_starts(hits, trials, scatter[-1])
    levels = np.full(len(weeks), np.nan)
    shifts = np.full(len(weeks), None, dtype=object)
    role = 0
    for start, end in zip(starts, [*starts[1:], len(weeks)]):
        levels[start:end] = level_share(hits[start:end], trials[start:end])
        new_role = np.sign(levels[start] - 0.5) or role
        if role and new_role != role:
            shifts[start] = "to assisting" if new_role > 0 else "to closing"
        role = new_role
    return weeks.assign(
        baseline=baseline,
        anomaly_score=judged,
        is_anomaly=np.abs(judged) >= ANOMALY_SCORE,
        level=levels,
        is_change_point=np.isin(np.arange(len(weeks)), starts[1:]),
        role_shift=shifts,
    )


def every_week(rows):
    """A channel's weeks from its first to its last, those without conversions as zeros."""
    week = pd.Timedelta(weeks=1)
    rows = rows.set_index("week_start_date").sort_index()
    spine = pd.date_range(rows.index[0], rows.index[-1], freq=week, name="week_start_date")
    counts = rows[["assisted_conversions", "last_conversions"]].reindex(spine, fill_value=0)
    begins, ends = rows["data_begins_on"].iloc[0], rows["data_ends_on"].iloc[0]
    counts["is_complete_week"] = (spine >= begins) & (spine + week <= ends + pd.Timedelta(days=1))
    return counts.reset_index()


def assist_trends(weekly_roles):
    """The whole table, from rows of channels and weeks with conversions."""
    dates = ["week_start_date", "data_begins_on", "data_ends_on"]
    weekly_roles = weekly_roles.assign(
        **{date: pd.to_datetime(weekly_roles[date]) for date in dates}
    )
    # Texts are joined on last: pandas takes long to cut them into many small tables.
    names = ["conversion_group", "channel"]
    by_channel = weekly_roles.drop(columns=names).groupby([weekly_roles[name] for name in names])
    trends = {key: channel_trend(every_week(rows)) for key, rows in by_channel}
    table = pd.concat(trends, names=names).reset_index(names) if trends else pd.DataFrame()
    return table.reindex(columns=list(OUTPUT_SCHEMA)).astype(OUTPUT_SCHEMA)


def as_frame(relation):
    """A small aggregate as pandas: from DuckDB, or from Spark."""
    return relation.df() if hasattr(relation, "df") else relation.toPandas()


def model(dbt, session):
    dbt.config(materialized="table", schema="intermediate")
    return assist_trends(as_frame(dbt.ref("int_weekly_roles")))
