"""The demo year: fixed days, and the busy and quiet hours, weekdays and seasons of each firm.

Journeys are planned in busy days: as many visits fall on each, whatever the date. `Rhythm` says
when a busy day takes place, so that more visits fall on evenings, Sundays and the weeks before
Christmas. The clock is never read.
"""

from datetime import datetime, timedelta

import numpy as np

BEGIN = datetime(2025, 7, 1)
END = datetime(2026, 7, 1)
EXTRACTED_AT = datetime(2026, 7, 1, 2)
DAYS = (END - BEGIN).days
# Journeys may begin this long before the year.
LEAD_DAYS = 200

# Monday first.
SHOPPING_WEEK = (0.95, 0.86, 0.86, 0.88, 0.92, 1.08, 1.3)
OFFICE_WEEK = (1.1, 1.2, 1.2, 1.1, 0.9, 0.1, 0.15)
SHOPPING_HOURS = (2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 9, 10, 9, 8, 8, 8, 9, 11, 14, 16, 15, 10, 5)
OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 1, 4, 10, 14, 14, 11, 8, 12, 14, 12, 10, 6, 3, 2, 2, 1, 1, 0)

# January first, in the middle of each month; days between are interpolated.
SHOPPING_MONTHS = (0.82, 0.86, 0.92, 0.96, 1.0, 1.02, 0.98, 0.96, 1.0, 1.06, 1.2, 1.26)
OFFICE_MONTHS = (1.04, 1.06, 1.06, 1.0, 1.0, 0.98, 0.92, 0.88, 1.02, 1.06, 1.06, 0.96)
# First and last day, and how much busier or quieter these days are.
SHOPPING_SEASONS = (
    (datetime(2025, 11, 24), datetime(2025, 12, 1), 1.7),
    (datetime(2025, 12, 24), datetime(2025, 12, 31), 0.72),
)
OFFICE_SEASONS = ((datetime(2025, 12, 22), datetime(2026, 1, 4), 0.35),)


class Rhythm:
    """Turns busy days into moments and back. Busy day 0 begins with the demo year."""

    def __init__(self, week, hours, months, seasons):
        dates = [BEGIN + timedelta(days=day) for day in range(-LEAD_DAYS, DAYS)]
        factors = [season_factor(date, months, seasons) for date in dates]
        weights = [week[date.weekday()] * factor for date, factor in zip(dates, factors)]
        self.factors = factors[LEAD_DAYS:]
        of_year = np.mean(weights[LEAD_DAYS:])
        shares = np.outer(np.array(weights) / of_year, np.array(hours) / sum(hours)).ravel()
        # Never zero, so that there is a way back.
        busy = np.cumsum(np.concatenate([[0], np.maximum(shares, 1e-9)]))
        self.busy = busy - busy[LEAD_DAYS * 24]
        self.seconds = (np.arange(len(busy)) - LEAD_DAYS * 24) * 3600.0

    def season(self, day):
        """How busy the season is on a day of the year; 1 is usual."""
        return self.factors[day]

    def seconds_at(self, busy_days):
        """Seconds since the begin of the year, of a number or an array."""
        return np.interp(busy_days, self.busy, self.seconds)

    def at(self, busy_day):
        return BEGIN + timedelta(milliseconds=int(self.seconds_at(busy_day) * 1000))

    def busy_day(self, moment):
        return np.interp((moment - BEGIN).total_seconds(), self.seconds, self.busy)


def season_factor(date, months, seasons):
    middles = np.arange(-1, 13) * 30.4 + 15
    around = (months[-1], *months, months[0])
    factor = np.interp(date.timetuple().tm_yday, middles, around)
    for first, last, change in seasons:
        if first <= date <= last:
            factor *= change
    return factor


SHOPPING = Rhythm(SHOPPING_WEEK, SHOPPING_HOURS, SHOPPING_MONTHS, SHOPPING_SEASONS)
OFFICE = Rhythm(OFFICE_WEEK, OFFICE_HOURS, OFFICE_MONTHS, OFFICE_SEASONS)


def later(rng, at, low, high):
    """`at` plus a random span between `low` and `high` seconds, to the millisecond."""
    return at + timedelta(milliseconds=rng.randint(int(low * 1000), int(high * 1000)))


def timeline(rng, start_day, steps, rhythm):
    """Give each step of a journey its moment, in order, inside the demo year.

    A journey that began before the year keeps its touches, moved to between the year's begin and
    the first step inside it, but not what it converted then: so the first weeks' paths are as
    long as later ones, and no channel's trend starts with a ramp.
    """
    day, at, planned = start_day, None, []
    for step in steps:
        day += step.after_days
        if step.is_touch:
            moved = rhythm.at(day)
            at = moved if at is None or moved > at else later(rng, at, 3600, 5 * 3600)
        else:
            at = later(rng, at, 3600, max(step.after_days, 0.1) * 86400)
        day = max(day, rhythm.busy_day(at))
        planned.append((at, step))

    early = [step for at, step in planned if at < BEGIN and step.is_touch]
    inside = [(at, step) for at, step in planned if BEGIN <= at < END]
    if not early:
        return inside
    if not any(step.goals for _, step in inside):
        return []
    room = (inside[0][0] - BEGIN).total_seconds()
    moments = sorted(later(rng, BEGIN, 0, room * 0.99) for _ in early)
    return [(at, step.without_goals()) for at, step in zip(moments, early, strict=True)] + inside
