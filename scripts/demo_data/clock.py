"""The demo year: fixed days, and the weekly and daily rhythm of visits. The clock is never read."""

from datetime import datetime, timedelta

BEGIN = datetime(2025, 7, 1)
END = datetime(2026, 7, 1)
EXTRACTED_AT = datetime(2026, 7, 1, 2)
DAYS = (END - BEGIN).days

# Chance that a visit planned for a day (Monday first) takes place on it; else it waits a day.
SHOPPING_WEEK = (0.85, 0.75, 0.75, 0.75, 0.75, 0.85, 1.0)
OFFICE_WEEK = (0.95, 1.0, 1.0, 0.95, 0.8, 0.08, 0.1)
SHOPPING_HOURS = (2, 1, 1, 1, 1, 2, 4, 6, 7, 8, 8, 9, 10, 9, 8, 8, 8, 9, 11, 14, 16, 15, 10, 5)
OFFICE_HOURS = (0, 0, 0, 0, 0, 0, 1, 4, 10, 14, 14, 11, 8, 12, 14, 12, 10, 6, 3, 2, 2, 1, 1, 0)

RHYTHMS = {
    "shopping": (SHOPPING_WEEK, SHOPPING_HOURS),
    "office": (OFFICE_WEEK, OFFICE_HOURS),
}


def moment(rng, day, rhythm):
    """A moment on or soon after `day` (days since BEGIN, may be negative), in the firm's rhythm."""
    week, hours = RHYTHMS[rhythm]
    date = BEGIN + timedelta(days=int(day // 1))
    while rng.random() > week[date.weekday()]:
        date += timedelta(days=1)
    hour = rng.choices(range(24), hours)[0]
    return date + timedelta(hours=hour, milliseconds=rng.randrange(3_600_000))


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
            moved = moment(rng, day, rhythm)
            at = moved if at is None or moved > at else later(rng, at, 3600, 5 * 3600)
        else:
            at = later(rng, at, 3600, max(step.after_days, 0.1) * 86400)
        day = max(day, (at - BEGIN).total_seconds() // 86400)
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
