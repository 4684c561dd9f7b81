"""People, and the rows that their visits, interactions and conversions leave in the raw tables."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from demo_data import clock, traffic

AGENTS = {
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/138.0 Safari/537.36",
    "mobile": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
    "tablet": "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) Version/18.5 Safari/604.1",
}
FIRST_NAMES = ("ada", "ben", "chloe", "dev", "elif", "femi", "grace", "hugo", "ines", "jonas")
LAST_NAMES = ("ahmed", "berg", "costa", "diaz", "evans", "fischer", "garcia", "hill", "ito", "jung")
RETURN_SHARE = 0.08
BETWEEN_SYSTEMS = {"web": (60, 4000), "backend": (300, 9000), "crm": (3600, 90_000)}


@dataclass(frozen=True)
class Step:
    """One step of a journey: a visit from `source`, an interaction of a type, or a goal alone."""

    source: str | None = None
    goals: tuple = ()
    after_days: float = 0.0
    interaction: str | None = None
    is_bounce: bool = False

    @property
    def is_touch(self):
        return bool(self.source or self.interaction)

    def without_goals(self):
        return replace(self, goals=())


@dataclass
class Person:
    site: str
    visitors: list
    user_id: str
    email: str
    device: str
    country: str
    consent: str | None
    audience: str
    # From this step on the person uses the second device.
    second_device_from: int = 99
    seen: set = field(default_factory=set)


class World:
    """Collects raw rows. Keys with a leading underscore are the truth, and are never written."""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.numbers = np.random.default_rng(seed)
        self.rows = defaultdict(list)
        # Rows made in columns, beside those made one by one.
        self.columns = defaultdict(list)
        self.platform_days = Counter()
        self._last_number = 0

    def add_columns(self, tables):
        for name, columns in tables.items():
            self.columns[name].append(columns)

    def size(self, table):
        """How many rows a table has, made in either way."""
        return len(self.rows[table]) + sum(
            len(next(iter(columns.values()))) for columns in self.columns[table]
        )

    def number(self):
        self._last_number += 1
        return self._last_number

    def visitor_id(self):
        return f"{self.rng.getrandbits(48):012x}.{self.number()}"

    def person(self, site, audience):
        rng, number = self.rng, self.number()
        prefix = "c" if site == traffic.SHOP else "hr-"
        name = f"{rng.choice(FIRST_NAMES)}.{rng.choice(LAST_NAMES)}{number}"
        domain = "example.com" if site == traffic.SHOP else f"firm{number % 400}.example"
        devices = (30, 62, 8) if site == traffic.SHOP else (80, 18, 2)
        return Person(
            site=site,
            visitors=[self.visitor_id()],
            user_id=f"{prefix}{number:06d}",
            email=f"{name}@{domain}",
            device=rng.choices(tuple(AGENTS), devices)[0],
            country=rng.choices(("US", "GB", "DE", "FR", "us"), (45, 25, 18, 10, 2))[0],
            consent=rng.choices(("denied", "granted", None), (5, 75, 20))[0],
            audience=audience,
        )

    def add_device(self, person, step_number):
        """Give the person a second device, known to be theirs by login and newsletter links."""
        person.visitors.append(self.visitor_id())
        person.second_device_from = step_number
        self.link_chain(person)

    def link_chain(self, person):
        linked_at = clock.later(self.rng, clock.BEGIN, 0, clock.DAYS * 86400)
        for left, right in (
            (("visitor", person.visitors[0]), ("user", person.user_id)),
            (("user", person.user_id), ("email", person.email)),
        ):
            self.rows["identity_links"].append(
                {
                    "left_type": left[0],
                    "left_id": left[1],
                    "right_type": right[0],
                    "right_id": right[1],
                    "linked_at": linked_at,
                }
            )

    def live(self, person, start_day, steps, rhythm):
        """Play a journey: leaves its rows, and returns the rows of its conversions."""
        conversions = []
        planned = clock.timeline(self.rng, start_day, steps, rhythm)
        for position, (at, step) in enumerate(planned):
            if step.source:
                self.visit(person, position, at, step)
                person.seen.add(step.source)
            elif step.interaction:
                self.interact(person, at, step.interaction)
            for goal in step.goals:
                done_at = clock.later(self.rng, at, 30, 110) if step.is_touch else at
                if goal == "purchase" and step.source and self.rng.random() < RETURN_SHARE:
                    self.return_from_payment(person, at, done_at)
                conversions.append(self.convert(person, position, done_at, goal))
        return conversions

    def visit(self, person, position, at, step):
        rng = self.rng
        on_second = position >= person.second_device_from
        known = on_second or rng.random() < 0.12
        by_mail = known and step.source in ("newsletter", "hr_email")
        arrived, click_id = traffic.arrival(rng, step.source, person.site)
        if click_id and step.source == "google_ads" and rng.random() < 0.8:
            click = traffic.reported_click(rng, step.source, click_id)
            self.rows["ad_clicks"].append(click | {"loaded_at": clock.later(rng, at, 3600, 90_000)})
        if by_mail and rng.random() < 0.3:
            self.interact(person, at - timedelta(seconds=rng.randint(1, 9)), "email_click")
        engaged = rng.randint(1, 8) if step.is_bounce else rng.randint(120, 900)
        self.rows["sessions"].append(
            {
                "session_id": f"s-{self.number():07d}",
                "visitor_id": person.visitors[on_second],
                "user_id": person.user_id if known and not by_mail else None,
                "email": person.email if by_mail else None,
                "started_at": at,
                "ended_at": at + timedelta(seconds=engaged + rng.randint(0, 40)),
                "engaged_seconds": engaged,
                "page_views": 1 if step.is_bounce else rng.randint(2, 14),
                **arrived,
                "device_type": person.device,
                "country": person.country,
                "user_agent": AGENTS[person.device],
                "is_bot": False,
                "is_internal": False,
                "consent_state": person.consent,
                "loaded_at": clock.later(rng, at, 1200, 5000),
                "_site": person.site,
                "_person": person.user_id,
                "_source": step.source,
            }
        )

    def return_from_payment(self, person, at, paid_at):
        """A second session, without tags, that the payment page refers just before the purchase."""
        visit = dict(self.rows["sessions"][-1])
        started_at = at + (paid_at - at) / 2
        visit.update(
            session_id=f"s-{self.number():07d}",
            started_at=started_at,
            ended_at=paid_at + timedelta(seconds=20),
            engaged_seconds=15,
            page_views=2,
            landing_url=f"https://www.{person.site}/thank-you",
            referrer_url=self.rng.choice(traffic.PAYMENT_PAGES),
            **dict.fromkeys(traffic.TAGS),
            loaded_at=clock.later(self.rng, started_at, 1200, 5000),
            _source="return",
        )
        self.rows["sessions"].append(visit)

    def interact(self, person, at, kind, **fields):
        self.rows["interactions"].append(
            {
                "interaction_id": f"i-{self.number():07d}",
                "email": person.email,
                "touched_at": at,
                "interaction_type": kind,
                "consent_state": person.consent,
                "loaded_at": clock.later(self.rng, at, 3600, 90_000),
                "_person": person.user_id,
                "_source": kind,
                **fields,
            }
        )

    def convert(self, person, position, at, goal, system="web", **fields):
        rng = self.rng
        on_second = position >= person.second_device_from
        row = {
            "conversion_id": f"{system}-{self.number():07d}",
            "source_system": system,
            "visitor_id": person.visitors[on_second],
            "user_id": person.user_id if rng.random() < 0.8 or on_second else None,
            "email": person.email if person.site == traffic.HR or rng.random() < 0.3 else None,
            "conversion_type": goal,
            "converted_at": at,
            "status": "confirmed",
            "audience": person.audience,
            "loaded_at": clock.later(rng, at, *BETWEEN_SYSTEMS[system]),
            "_site": person.site,
            "_person": person.user_id,
            **fields,
        }
        row["updated_at"] = row["converted_at"]
        self.rows["conversions"].append(row)
        platforms = {traffic.SOURCES[source].platform for source in person.seen} - {None}
        for platform in sorted(platforms):
            self.platform_days[at.date(), platform, goal] += 1
        return row
