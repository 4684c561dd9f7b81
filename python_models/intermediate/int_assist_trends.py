"""Grain: one row per conversion group, ISO week and channel.

Two things of a channel's weeks are judged: the mix, its assist share, assists / (assists + closes),
and the volume, assists + closes. Both against the eight judged weeks before (anomalies), the mix
also between lasting levels (change points, role shifts). A week may hold ten conversions or ten
thousand, so each is judged by how likely its counts are, and by how much the channel's weeks
scatter anyway. Weeks that the data cover in part, and those whose paths cannot reach back a whole
lookback, are shown and not judged.
"""

import numpy as np
import pandas as pd
from scipy.special import betainc, entr, ndtri

BASELINE_WEEKS = 8
MIN_BASELINE_WEEKS = 4  # of the eight, with conversions
ANOMALY_SCORE = 4.0  # one of some 16,000 weeks without anomaly scores more by chance
LOUD_SCORE = 3.0  # weeks are set aside from here on, before they are anomalies to be shown
LEANING_SCORE = 2.0  # a week this far off belongs to the run of a loud one beside it
MAX_SCORE = 20.0
LEVEL_WEEKS = 3  # a level lasts at least this long: so much later a shift is known
LEVEL_PENALTY = 14.0  # gain in deviance that a further level must bring
MIN_ROLE_STEP = 0.1  # between the levels on two sides of one half

NAMES = ["conversion_group", "channel"]
UNATTRIBUTED = "(unattributed)"
WEEK = pd.Timedelta(weeks=1)

OUTPUT_SCHEMA = {
    "conversion_group": "string",
    "week_start_date": "datetime64[us]",
    "channel": "string",
    "assisted_conversions": "int64",
    "last_conversions": "int64",
    "is_judged": "bool",
    "baseline": "float64",
    "anomaly_score": "float64",
    "is_anomaly": "bool",
    "volume_baseline": "float64",
    "volume_score": "float64",
    "is_volume_anomaly": "bool",
    "level": "float64",
    "is_change_point": "bool",
    "role_shift": "string",
}

# ---------------------------------------------------------------------------- scores


def share_score(hits, trials, share, strength=np.inf):
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
    score = ndtri((share_tail(most, trials, share) + share_tail(most - 1, trials, share)) / 2)
    score = np.where(is_low, score, -score)
    return np.where(trials > 0, np.clip(score, -MAX_SCORE, MAX_SCORE), 0.0)


def share_tail(most, trials, share):
    """Chance of `most` hits or fewer; counts need not be whole."""
    inside = (most > -1) & (most < trials)
    chance = betainc(np.where(inside, trials - most, 1), np.where(inside, most + 1, 1), 1 - share)
    return np.where(inside, chance, np.where(most <= -1, 0.0, 1.0))


def count_score(count, mean, dispersion):
    """How far a count lies from its mean, likewise, by the tail of the negative binomial whose
    variance is mean + dispersion x mean^2."""
    count, mean, dispersion = np.broadcast_arrays(count, mean, dispersion)
    size = 1 / dispersion
    share = size / (size + mean)
    is_low = count < mean
    # Chances of the count or less and of less, or of the count or more and of more.
    fewer = np.where(count > 0, betainc(size, np.maximum(count, 1), share), 0.0)
    at_least = np.where(count > 0, betainc(np.maximum(count, 1), size, 1 - share), 1.0)
    low = (betainc(size, count + 1, share) + fewer) / 2
    high = (betainc(count + 1, size, 1 - share) + at_least) / 2
    return np.clip(np.where(is_low, ndtri(low), -ndtri(high)), -MAX_SCORE, MAX_SCORE)


# ---------------------------------------------------------------------------- baselines


def share_baselines(hits, trials):
    """For each week: the robust share of the eight before it, the trials that it rests on, and how
    far each of them lies from it. Null from too few weeks with conversions."""
    share, known, scores = baselines(hits, trials, trials, share_score, prior=1.0)
    return share, known + 1, scores


def count_baselines(counts, is_judged):
    """The same of a number per week: its robust mean, and the weeks that this rests on."""

    def score(count, weeks, mean):
        # Chance alone, beside the error of a mean of so many weeks.
        return count_score(count, mean, 1 / (mean * weeks.sum(axis=1, keepdims=True)))

    return baselines(counts, is_judged.astype(float), counts, score, prior=0.0)


def baselines(hits, sizes, conversions, score, prior):
    past_hits, past_sizes = before(hits), before(sizes)
    is_known = (before(conversions) > 0).sum(axis=-1) >= MIN_BASELINE_WEEKS
    rate, known = np.full(is_known.shape, np.nan), np.full(is_known.shape, np.nan)
    scores = np.full(past_hits.shape, np.nan)
    rate[is_known], known[is_known], scores[is_known] = robust_rates(
        past_hits[is_known], past_sizes[is_known], score, prior
    )
    scores[past_sizes == 0] = np.nan
    return rate, known, scores


def before(counts):
    """The counts of the weeks before each week, on a last axis of their own; 0 before the first."""
    none = np.zeros((*counts.shape[:-1], BASELINE_WEEKS))
    padded = np.concatenate([none, counts[..., :-1]], axis=-1)
    return np.lib.stride_tricks.sliding_window_view(padded, BASELINE_WEEKS, axis=-1)


def robust_rates(hits, sizes, score, prior):
    """Of each row of weeks: hits / sizes, the sizes that it rests on, and the weeks' scores.

    From the median on, weeks that don't fit count for less. After five rounds the rate hardly
    moves; most stand still after two, and a row that stands still is left alone. It is never 0,
    and a share never 1: no number of weeks proves that.
    """
    rate = (median_rate(hits, sizes) * sizes.sum(axis=1) + 0.5) / (sizes.sum(axis=1) + prior)
    weights, scores = np.empty(hits.shape), np.empty(hits.shape)
    moving = np.arange(len(hits))
    for _ in range(5):
        found = score(hits[moving], sizes[moving], rate[moving, None])
        weight = hampel_weights(found) * (sizes[moving] > 0)
        scores[moving], weights[moving] = found, weight
        last = rate[moving]
        rate[moving] = ((weight * hits[moving]).sum(axis=1) + 0.5) / (
            (weight * sizes[moving]).sum(axis=1) + prior
        )
        moving = moving[rate[moving] != last]
    return rate, (weights * sizes).sum(axis=1), scores


def hampel_weights(scores):
    """1 up to a score of 2, from there on less, and 0 from 8 on: Hampel's three parts."""
    size = np.abs(scores)
    return np.clip((8 - size) / 2, 0, 2) / np.maximum(size, 2)


def median_rate(hits, sizes):
    """Of weeks that have a size, one vote each, so that a loud one has no say; 0 without any."""
    rates = np.where(sizes > 0, hits / np.maximum(sizes, 1), np.inf)
    weeks = (sizes > 0).sum(axis=1)
    middle = np.sort(rates, axis=1)[np.arange(len(hits)), np.maximum(weeks - 1, 0) // 2]
    return np.where(weeks > 0, middle, 0.0)


def first_scores(is_scored, past_scores):
    """Scores of the weeks of each row's first baseline, which have no other."""
    return past_scores[np.arange(len(is_scored)), np.argmax(is_scored, axis=1)]


def scatter_before(scores, first):
    """For each week, and for one after the last, the scatter of the row's scores before it; 1,
    chance alone, at the least. `first` are the scores of the first baseline's weeks.

    From few scores it may be too small by chance: it is made wider as Student's distribution is
    wider at the bound of an anomaly.
    """
    scores = np.concatenate([first, scores], axis=1)
    columns = []
    for end in range(first.shape[1], scores.shape[1] + 1):
        number = np.isfinite(scores[:, :end]).sum(axis=1)
        wider = 1 + (ANOMALY_SCORE**2 + 1) / (4 * np.maximum(number, 1))
        columns.append(np.maximum(wider * scatter_of(scores[:, :end]), 1.0))
    return np.column_stack(columns)


def scatter_of(scores):
    """Of each row, the root mean square of scores, clipped at two robust standard deviations; 1 of
    too few numbers for a baseline."""
    sizes = np.sort(np.abs(scores), axis=1)  # nulls come last
    known, rows = np.isfinite(sizes).sum(axis=1), np.arange(len(sizes))
    middle = (sizes[rows, np.maximum(known - 1, 0) // 2] + sizes[rows, known // 2]) / 2
    clipped = np.minimum(sizes, 2 / ndtri(0.75) * middle[:, None])
    squares = np.where(np.isfinite(sizes), clipped**2, 0.0).sum(axis=1)
    return np.where(known >= MIN_BASELINE_WEEKS, np.sqrt(squares / np.maximum(known, 1)), 1.0)


# ---------------------------------------------------------------------------- volume


def volume_scores(counts, is_judged):
    """Of weeks' counts, a row per channel or group: the baseline and the score against it.

    A channel's own weeks tell how much more they scatter than chance: a spread s of scores that
    know of chance alone, at a mean m, is a dispersion of (s^2 - 1) / m. The baseline's own error is
    scatter too.
    """
    mean, weeks, past_scores = count_baselines(counts * is_judged, is_judged)
    is_scored = is_judged & np.isfinite(mean)
    mean = np.where(is_judged, mean, np.nan)
    safe_mean, safe_weeks = np.where(is_scored, [mean, weeks], 1.0)
    chance = count_score(counts, safe_mean, 1 / (safe_mean * safe_weeks))
    chance = np.where(is_scored, chance, np.nan)
    scatter = scatter_before(chance, first_scores(is_scored, past_scores))[:, :-1]
    own = (scatter**2 - 1) / safe_mean
    dispersion = own + (1 / safe_mean + own) / safe_weeks
    return mean, np.where(is_scored, count_score(counts, safe_mean, dispersion), np.nan)


# ---------------------------------------------------------------------------- levels


def short_runs(scores):
    """Which weeks are set aside before levels are sought: runs of one or two weeks to one side that
    hold a loud one. Three in a row may be a new level. Weeks without a score are no part of it."""
    weeks = np.flatnonzero(np.isfinite(scores))
    side = np.sign(scores[weeks]) * (np.abs(scores[weeks]) >= LEANING_SCORE)
    is_aside = np.zeros(len(scores), dtype=bool)
    for run in np.split(weeks, np.flatnonzero(np.diff(side)) + 1):
        is_aside[run] = len(run) < LEVEL_WEEKS and np.abs(scores[run]).max(initial=0) >= LOUD_SCORE
    return is_aside


def level_starts(deviance, price):
    """Where levels begin so that deviance and prices of the cuts are least: optimal partitioning,
    exact, over all ways to cut weeks into levels of at least LEVEL_WEEKS."""
    weeks = len(deviance) - 1
    if weeks < 2 * LEVEL_WEEKS:
        return [0]
    least, last_start = np.full(weeks + 1, np.inf), np.zeros(weeks + 1, dtype=int)
    least[0] = -price
    for end in range(LEVEL_WEEKS, weeks + 1):
        starts = least[: end - LEVEL_WEEKS + 1] + deviance[: end - LEVEL_WEEKS + 1, end] + price
        last_start[end] = np.argmin(starts)
        least[end] = starts[last_start[end]]
    starts, end = [], weeks
    while end > 0:
        end = last_start[end]
        starts.insert(0, end)
    return starts


def level_deviance(hits, trials):
    """Binomial deviance of one share for all weeks between two: from the one, before the other."""
    between = (np.append(0, counts.cumsum()) for counts in (hits, trials))
    hits, trials = (np.abs(np.subtract.outer(sums, sums)) for sums in between)
    share = hits / np.maximum(trials, 1)
    return 2 * trials * (entr(share) + entr(1 - share))


def channel_levels(hits, trials, scores, scatter):
    """Of the weeks of one channel: the level, whether a new one begins, and the shift of role."""
    levels, is_new = np.full(len(trials), np.nan), np.zeros(len(trials), dtype=bool)
    shifts = np.full(len(trials), None, dtype=object)
    weeks = np.flatnonzero((trials > 0) & ~short_runs(scores))
    if not len(weeks):
        return levels, is_new, shifts
    hits, trials = hits[weeks], trials[weeks]
    starts = level_starts(level_deviance(hits, trials), LEVEL_PENALTY * scatter**2)
    for start, end in zip(starts, [*starts[1:], len(weeks)]):
        level = hits[start:end].sum() / trials[start:end].sum()
        if start > 0:
            is_new[weeks[start]] = True
            before = levels[weeks[start] - 1]
            is_shift = (before - 0.5) * (level - 0.5) < 0 and abs(level - before) >= MIN_ROLE_STEP
            if is_shift:
                shifts[weeks[start]] = "to assisting" if level > before else "to closing"
        levels[weeks[start] :] = level
    return levels, is_new, shifts


def mix_columns(hits, trials):
    """Baselines, scores and levels of the assist share, of judged weeks; others have no trials."""
    baseline, strength, past_scores = share_baselines(hits, trials)
    is_scored = (trials > 0) & np.isfinite(baseline)
    share = np.where(is_scored, baseline, 0.5)
    scores = np.where(is_scored, share_score(hits, trials, share, strength), np.nan)
    first = first_scores(is_scored, past_scores)
    judged = scores / scatter_before(scores, first)[:, :-1]

    # Levels look back from the end of the data, at all weeks alike: also at those of the first
    # baseline, which have no score that is shown.
    rows, back = np.nonzero(is_scored.any(axis=1, keepdims=True) & np.isfinite(first))
    scores[rows, np.argmax(is_scored, axis=1)[rows] - BASELINE_WEEKS + back] = first[rows, back]
    scatter = np.maximum(scatter_of(scores), 1.0)
    all_scores = scores / scatter[:, None]
    levels = [channel_levels(*one) for one in zip(hits, trials, all_scores, scatter, strict=True)]
    level, is_change_point, role_shift = (np.array(matrix) for matrix in zip(*levels))
    return {
        "baseline": baseline,
        "anomaly_score": judged,
        "is_anomaly": np.abs(judged) >= ANOMALY_SCORE,
        "level": level,
        "is_change_point": is_change_point,
        "role_shift": role_shift,
    }


# ---------------------------------------------------------------------------- the table


def volume_columns(volumes, is_judged, group, group_conversions):
    """Where a whole group has no conversion, its own counts say whether that is odd: each channel
    alone may be too small to tell."""
    baseline, score = volume_scores(volumes, is_judged)
    is_judged_group = np.zeros(group_conversions.shape, dtype=bool)
    is_judged_group[group] = is_judged
    _, group_score = volume_scores(group_conversions, is_judged_group)
    score = np.where((group_conversions == 0)[group], group_score[group], score)
    return {
        "volume_baseline": baseline,
        "volume_score": score,
        "is_volume_anomaly": np.abs(score) >= ANOMALY_SCORE,
    }


def trend_columns(assists, closes, is_judged, group, group_conversions):
    """What the counts of weeks say: matrices of a row per channel and a column per week. `group` is
    each channel's row in the conversions of groups."""
    hits = np.where(is_judged, assists, 0).astype(float)
    trials = hits + np.where(is_judged, closes, 0)
    columns = mix_columns(hits, trials)
    columns |= volume_columns(
        (assists + closes).astype(float), is_judged, group, group_conversions.astype(float)
    )
    return {
        name: np.where(is_judged, matrix, np.nan) if matrix.dtype == float else matrix
        for name, matrix in columns.items()
    }


def assist_trends(weekly_roles):
    """The whole table, from rows of groups, weeks and channels with conversions."""
    channels = weekly_roles.loc[weekly_roles["channel"] != UNATTRIBUTED]
    if channels.empty:
        return pd.DataFrame(columns=list(OUTPUT_SCHEMA)).astype(OUTPUT_SCHEMA)
    begins_on = pd.to_datetime(weekly_roles["week_start_date"])
    ends_on = pd.Timestamp(weekly_roles["data_ends_on"].iloc[0])
    weeks = pd.date_range(begins_on.min(), ends_on, freq=WEEK)
    week = ((begins_on - weeks[0]) // WEEK).to_numpy()

    # All channels at once: pandas takes long over many small tables.
    by_group = weekly_roles.groupby("conversion_group")
    group = by_group.ngroup().to_numpy()
    conversions = np.zeros((by_group.ngroups, len(weeks)), dtype=np.int64)
    np.add.at(conversions, (group, week), weekly_roles["whole_conversions"])
    first_week = pd.Series(week).groupby(group).min().to_numpy()
    judged_from = pd.to_datetime(by_group["judged_from"].max()).to_numpy()

    is_channel = (weekly_roles["channel"] != UNATTRIBUTED).to_numpy()
    names = channels[NAMES].drop_duplicates().sort_values(NAMES)
    channel = channels.groupby(NAMES).ngroup().to_numpy()
    group_of = pd.Series(group[is_channel]).groupby(channel).first().to_numpy()
    assists, closes = np.zeros((2, len(names), len(weeks)), dtype=np.int64)
    assists[channel, week[is_channel]] = channels["assisted_conversions"]
    closes[channel, week[is_channel]] = channels["last_conversions"]

    is_covered = weeks + WEEK <= ends_on + pd.Timedelta(days=1)
    is_judged = (weeks.to_numpy() >= judged_from[group_of, None]) & is_covered
    columns = {"assisted_conversions": assists, "last_conversions": closes, "is_judged": is_judged}
    columns |= trend_columns(assists, closes, is_judged, group_of, conversions)

    is_shown = np.arange(len(weeks)) >= first_week[group_of, None]
    table = pd.DataFrame({name: matrix[is_shown] for name, matrix in columns.items()})
    row, week = np.nonzero(is_shown)
    table[NAMES], table["week_start_date"] = names.iloc[row].to_numpy(), weeks[week]
    return table[list(OUTPUT_SCHEMA)].astype(OUTPUT_SCHEMA)


def as_frame(relation):
    """A small aggregate as pandas: from DuckDB, or from Spark."""
    return relation.df() if hasattr(relation, "df") else relation.toPandas()


def model(dbt, session):
    return assist_trends(as_frame(dbt.ref("assisted_conversions", "int_weekly_roles")))
