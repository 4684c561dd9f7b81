"""Grain: one row per conversion group, ISO week and channel.

How a channel's assist share, assists / (assists + closes), moves from week to week: against the
eight weeks before (anomalies) and between lasting levels (change points, role shifts). A week may
hold ten conversions or ten thousand, so each is judged by how likely its counts are, and by how
much the channel's weeks scatter anyway. Weeks that the data cover in part are shown, not judged.
"""

import numpy as np
import pandas as pd
from scipy.special import betainc, entr, ndtri

BASELINE_WEEKS = 8
MIN_BASELINE_WEEKS = 4  # of the eight, with conversions
ANOMALY_SCORE = 3.5  # of about 2,000 weeks without anomaly, one scores more by chance
MAX_SCORE = 20.0
LEVEL_WEEKS = 3  # a level lasts at least this long: so much later a shift is known
LEVEL_PENALTY = 12.0  # gain in deviance that a further level must bring

NAMES = ["conversion_group", "channel"]
WEEK = pd.Timedelta(weeks=1)

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
    # Of the two tails the smaller one: the other is near 1, too coarse to tell small chances apart.
    is_low = hits < trials * share
    most, share = np.where(is_low, hits, trials - hits), np.where(is_low, share, 1 - share)
    score = ndtri((tail(most, trials, share) + tail(most - 1, trials, share)) / 2)
    score = np.where(is_low, score, -score)
    return np.where(trials > 0, np.clip(score, -MAX_SCORE, MAX_SCORE), 0.0)


def tail(most, trials, share):
    """Chance of `most` hits or fewer; counts need not be whole."""
    inside = (most > -1) & (most < trials)
    chance = betainc(np.where(inside, trials - most, 1), np.where(inside, most + 1, 1), 1 - share)
    return np.where(inside, chance, np.where(most <= -1, 0.0, 1.0))


def baselines(hits, trials):
    """For each week, of the weeks before it: the robust share, the trials that it rests on, and how
    far each of them lies from it. Not known (null) from too few weeks with conversions."""
    past_hits, past_trials = before(hits), before(trials)
    is_known = (past_trials > 0).sum(axis=-1) >= MIN_BASELINE_WEEKS
    share, strength = np.full(is_known.shape, np.nan), np.full(is_known.shape, np.nan)
    scores = np.full(past_hits.shape, np.nan)
    share[is_known], strength[is_known], scores[is_known] = robust_shares(
        past_hits[is_known], past_trials[is_known]
    )
    scores[past_trials == 0] = np.nan
    return share, strength, scores


def before(counts):
    """The counts of the weeks before each week, on a last axis of their own; 0 before the first."""
    none = np.zeros((*counts.shape[:-1], BASELINE_WEEKS))
    padded = np.concatenate([none, counts[..., :-1]], axis=-1)
    return np.lib.stride_tricks.sliding_window_view(padded, BASELINE_WEEKS, axis=-1)


def robust_shares(hits, trials):
    """Of each row of weeks: the share, the trials that it rests on, and the weeks' scores.

    From the median on, weeks that don't fit count for less. After five rounds the share hardly
    moves; most stand still after two, and a row that stands still is left alone.
    """
    share = smoothed(median_share(hits, trials) * trials.sum(axis=1), trials.sum(axis=1))
    weights, scores = np.empty_like(hits), np.empty_like(hits)
    moving = np.arange(len(hits))
    for _ in range(5):
        score = binomial_score(hits[moving], trials[moving], share[moving, None])
        weight = hampel_weights(score)
        scores[moving], weights[moving] = score, weight
        last = share[moving]
        share[moving] = smoothed(
            (weight * hits[moving]).sum(axis=1), (weight * trials[moving]).sum(axis=1)
        )
        moving = moving[share[moving] != last]
    return share, (weights * trials).sum(axis=1) + 1, scores


def hampel_weights(scores):
    """1 up to a score of 2, from there on less, and 0 from 8 on: Hampel's three parts."""
    size = np.abs(scores)
    return np.clip((8 - size) / 2, 0, 2) / np.maximum(size, 2)


def smoothed(hits, trials):
    """A share that is never 0 or 1: no number of weeks proves that."""
    return (hits + 0.5) / (trials + 1)


def median_share(hits, trials):
    """Of the weeks with trials, one vote each, so that a loud one has no say; 0 without any."""
    shares = np.where(trials > 0, hits / np.maximum(trials, 1), np.inf)
    weeks = (trials > 0).sum(axis=1)
    middle = np.sort(shares, axis=1)[np.arange(len(hits)), np.maximum(weeks - 1, 0) // 2]
    return np.where(weeks > 0, middle, 0.0)


def scatter_before(scores, first_scores):
    """For each week, and for one after the last, the robust spread of the channel's scores before
    it; 1, chance alone, at the least.

    `first_scores` are those of the weeks of the first baseline, which have no other.
    """
    sizes = np.abs(np.concatenate([first_scores, scores], axis=1))
    first, last = first_scores.shape[1], sizes.shape[1]
    spreads = [median_known(sizes[:, :end]) / ndtri(0.75) for end in range(first, last + 1)]
    return np.fmax(1.0, np.column_stack(spreads))  # the greater of the two that is not null


def median_known(numbers):
    """Of each row; null of too few numbers for a baseline."""
    ordered = np.sort(numbers, axis=1)  # nulls come last
    known, rows = np.isfinite(ordered).sum(axis=1), np.arange(len(ordered))
    middle = (ordered[rows, np.maximum(known - 1, 0) // 2] + ordered[rows, known // 2]) / 2
    return np.where(known >= MIN_BASELINE_WEEKS, middle, np.nan)


def level_starts(hits, trials, scatter):
    """The weeks of a channel in which a new lasting level begins; its first week always."""
    weeks = np.flatnonzero(trials)
    if len(weeks) < 2 * LEVEL_WEEKS:
        return weeks[:1]
    deviance = level_deviance(hits[weeks], trials[weeks])
    _, cuts = worthy_cuts(deviance, 0, len(weeks), LEVEL_PENALTY * scatter**2)
    return without_passing_levels(weeks[[0, *cuts]], hits, trials)


def level_deviance(hits, trials):
    """Binomial deviance of one share for all weeks between two: from the one, before the other."""
    between = (np.append(0, counts.cumsum()) for counts in (hits, trials))
    hits, trials = (np.abs(np.subtract.outer(sums, sums)) for sums in between)
    share = hits / np.maximum(trials, 1)
    return 2 * trials * (entr(share) + entr(1 - share))


def worthy_cuts(deviance, start, end, price):
    """Where to cut the weeks from `start` to before `end`, and the deviance and prices that remain.

    A classification tree over time: it cuts where that gains most, then both parts likewise, and
    takes back whatever all in all is not worth the price of its cuts.
    """
    uncut = deviance[start, end], []
    first, last = start + LEVEL_WEEKS, end - LEVEL_WEEKS
    if first > last or deviance[start, end] <= price:
        return uncut
    parts = deviance[start, first : last + 1] + deviance[first : last + 1, end]
    cut = first + int(np.argmin(parts))
    left, cuts_left = worthy_cuts(deviance, start, cut, price)
    right, cuts_right = worthy_cuts(deviance, cut, end, price)
    if left + price + right < deviance[start, end]:
        return left + price + right, [*cuts_left, cut, *cuts_right]
    return uncut


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


def channel_levels(hits, trials, scatter):
    """Of the weeks of one channel: the level, whether a new one begins, and the shift of role."""
    starts = level_starts(hits, trials, scatter)
    levels = np.full(len(trials), np.nan)
    shifts = np.full(len(trials), None, dtype=object)
    role = 0
    for start, end in zip(starts, [*starts[1:], len(trials)]):
        levels[start:end] = level_share(hits[start:end], trials[start:end])
        new_role = np.sign(levels[start] - 0.5) or role
        if role and new_role != role:
            shifts[start] = "to assisting" if new_role > 0 else "to closing"
        role = new_role
    return levels, np.isin(np.arange(len(trials)), starts[1:]), shifts


def trend_columns(hits, trials):
    """What the counts of whole weeks say: matrices of a row per channel and a column per week."""
    baseline, strength, past_scores = baselines(hits, trials)
    is_judged = (trials > 0) & np.isfinite(baseline)
    share = np.where(is_judged, baseline, 0.5)
    scores = np.where(is_judged, binomial_score(hits, trials, share, strength), np.nan)
    first_judged = np.arange(len(trials)), np.argmax(is_judged, axis=1)
    scatter = scatter_before(scores, past_scores[first_judged])
    judged = scores / scatter[:, :-1]
    levels = [channel_levels(*channel) for channel in zip(hits, trials, scatter[:, -1])]
    level, is_change_point, role_shift = (np.array(matrix) for matrix in zip(*levels))
    return {
        "baseline": baseline,
        "anomaly_score": judged,
        "is_anomaly": np.abs(judged) >= ANOMALY_SCORE,
        "level": level,
        "is_change_point": is_change_point,
        "role_shift": role_shift,
    }


def channels_by_weeks(weekly_roles):
    """Rows of channels and weeks with conversions as matrices of a row per channel and a column per
    week, 0 where a channel has no row: assists, closes, and which weeks lie between its first and
    its last. All channels at once: pandas takes long over many small tables."""
    names = weekly_roles[NAMES].drop_duplicates().sort_values(NAMES)
    channel = weekly_roles.groupby(NAMES).ngroup().to_numpy()
    begins_on = pd.to_datetime(weekly_roles["week_start_date"])
    weeks = pd.date_range(begins_on.min(), begins_on.max(), freq=WEEK)
    week = ((begins_on - weeks[0]) // WEEK).to_numpy()

    assists, closes = np.zeros((2, len(names), len(weeks)), dtype=np.int64)
    assists[channel, week] = weekly_roles["assisted_conversions"]
    closes[channel, week] = weekly_roles["last_conversions"]
    first, last = pd.Series(week).groupby(channel).agg(["min", "max"]).to_numpy().T[:, :, None]
    is_shown = (first <= np.arange(len(weeks))) & (np.arange(len(weeks)) <= last)
    return names, weeks, assists, closes, is_shown


def covered_weeks(weeks, weekly_roles):
    """Which weeks the data cover in full; each row of the table knows how far they go."""
    begin, end = (
        pd.Timestamp(weekly_roles[date].iloc[0]) for date in ("data_begins_on", "data_ends_on")
    )
    return (weeks >= begin) & (weeks + WEEK <= end + pd.Timedelta(days=1))


def assist_trends(weekly_roles):
    """The whole table, from rows of channels and weeks with conversions."""
    if weekly_roles.empty:
        return pd.DataFrame(columns=list(OUTPUT_SCHEMA)).astype(OUTPUT_SCHEMA)
    names, weeks, assists, closes, is_shown = channels_by_weeks(weekly_roles)
    is_complete = covered_weeks(weeks, weekly_roles)
    hits = (assists * is_complete).astype(float)
    columns = {"assisted_conversions": assists, "last_conversions": closes}
    columns |= trend_columns(hits, hits + closes * is_complete)

    table = pd.DataFrame({name: matrix[is_shown] for name, matrix in columns.items()})
    channel, week = np.nonzero(is_shown)
    table[NAMES] = names.iloc[channel].to_numpy()
    table["week_start_date"], table["is_complete_week"] = weeks[week], is_complete[week]
    return table[list(OUTPUT_SCHEMA)].astype(OUTPUT_SCHEMA)


def as_frame(relation):
    """A small aggregate as pandas: from DuckDB, or from Spark."""
    return relation.df() if hasattr(relation, "df") else relation.toPandas()


def model(dbt, session):
    dbt.config(materialized="table")
    return assist_trends(as_frame(dbt.ref("assisted_conversions", "int_weekly_roles")))
