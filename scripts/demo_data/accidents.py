"""What went wrong with the tracking of the shop in the demo year, each time for some days.

The shop itself went on selling: its backend and the ad platforms know of all of it.
"""

from dataclasses import dataclass
from datetime import datetime

from demo_data import clock
from demo_data.traffic import SHOP, TAGS


@dataclass(frozen=True)
class Period:
    begin: datetime
    end: datetime

    def holds(self, seconds):
        """Of a number of seconds since the year began, or of an array of them."""
        begin, end = ((at - clock.BEGIN).total_seconds() for at in (self.begin, self.end))
        return (seconds >= begin) & (seconds < end)


# A release broke the tag manager: nearly no visit or web conversion was recorded.
OUTAGE = Period(datetime(2026, 2, 9), datetime(2026, 2, 14))
OUTAGE_LOSS = 0.93
# A redirect of the relaunched shop cut landing pages off at the question mark, tags and all.
LOST_TAGS = Period(datetime(2025, 10, 14), datetime(2025, 10, 17))
# The thank-you page failed on some phones: their purchases are missing from the web.
LOST_PURCHASES = Period(datetime(2026, 5, 4), datetime(2026, 5, 11))
PURCHASE_LOSS = 0.3


def run(world):
    """Let the accidents happen to the rows that were made one by one."""
    world.rows["sessions"] = [
        row for row in world.rows["sessions"] if not is_lost(world.rng, row, row["started_at"])
    ]
    world.rows["conversions"] = [
        row
        for row in world.rows["conversions"]
        if (row["source_system"] or "web").lower() != "web"
        or not is_lost(world.rng, row, row["converted_at"])
    ]
    for row in world.rows["sessions"]:
        if is_in(LOST_TAGS, row, row["started_at"]):
            row["landing_url"] = row["landing_url"].partition("?")[0]
            row.update(dict.fromkeys(TAGS))


def is_lost(rng, row, at):
    if is_in(OUTAGE, row, at):
        return rng.random() < OUTAGE_LOSS
    if row.get("conversion_type", "").lower() == "purchase" and is_in(LOST_PURCHASES, row, at):
        return rng.random() < PURCHASE_LOSS
    return False


def is_in(period, row, at):
    return (
        row["_site"] == SHOP
        and isinstance(at, datetime)
        and period.holds((at - clock.BEGIN).total_seconds())
    )


def recorded(rng, crowd, visits):
    """Those visits of a crowd that were recorded."""
    if crowd.site != SHOP:
        return visits
    return visits.only(~(OUTAGE.holds(visits.seconds) & (rng.random(len(visits)) < OUTAGE_LOSS)))


def untagged(crowd, visits):
    """Which visits of a crowd have lost their tags."""
    return (crowd.site == SHOP) & LOST_TAGS.holds(visits.seconds)
