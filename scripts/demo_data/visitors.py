"""Those who look around and leave, the most of all visitors: when they come, and from where.

They are so many that they are made in columns, not one by one.
"""

from dataclasses import dataclass

import numpy as np

from demo_data import clock, traffic

# Visits of a person, and their shares.
VISITS = {1: 0.36, 2: 0.25, 3: 0.16, 4: 0.095, 5: 0.065, 6: 0.04, 8: 0.03}
COUNTRIES = {"US": 0.45, "GB": 0.25, "DE": 0.18, "FR": 0.10, "us": 0.02}
CONSENT = {"denied": 0.05, "granted": 0.75, None: 0.2}
KNOWN_SHARE = 0.06
SOURCE_NAMES = tuple(traffic.SOURCES)


@dataclass(frozen=True)
class Crowd:
    """The visitors of one site; each dict has shares or weights by name."""

    site: str
    rhythm: clock.Rhythm
    # Sources of first visits, and of later ones.
    openers: dict
    returns: dict
    # Share of first visits that end at once; `usual` is that of the sources not named.
    bounces: dict
    usual_bounces: float
    devices: dict
    audience: str
    # Share of the engaged visits that leave a micro conversion.
    goals: dict
    user_prefix: str
    mail_source: str
    days_between: float = 9.0


@dataclass
class Visits:
    """One array for each column; the sources are positions in SOURCE_NAMES."""

    person: np.ndarray
    source: np.ndarray
    seconds: np.ndarray
    is_bounce: np.ndarray
    engaged: np.ndarray

    def __len__(self):
        return len(self.person)

    def only(self, condition):
        return Visits(*(column[condition] for column in vars(self).values()))


def play(rng, crowd, persons):
    """The visits of so many persons, by person and time."""
    person = np.repeat(np.arange(persons), draw(rng, VISITS, persons))
    is_first = np.diff(person, prepend=-1) > 0
    waited = np.where(is_first, 0, 0.05 + rng.exponential(crowd.days_between, len(person)))
    waited = np.cumsum(waited)
    # Some came before the year began.
    start = rng.uniform(-30, clock.DAYS, persons)
    busy_day = start[person] + waited - waited[is_first][person]
    seconds = crowd.rhythm.seconds_at(busy_day)
    inside = (busy_day >= 0) & (busy_day < clock.DAYS)
    person, is_first, seconds = person[inside], is_first[inside], seconds[inside]

    source = sources(rng, crowd, is_first, seconds // 86400)
    bounces = [crowd.bounces.get(name, crowd.usual_bounces) for name in SOURCE_NAMES]
    # Those who come back stay longer.
    is_bounce = rng.random(len(person)) < np.array(bounces)[source] * np.where(is_first, 1, 0.5)
    engaged = np.where(
        is_bounce, rng.integers(1, 9, len(person)), rng.integers(20, 700, len(person))
    )
    return Visits(person, source, seconds, is_bounce, engaged)


def sources(rng, crowd, is_first, day):
    """Where each visit comes from; instead of a source that is quiet on the day, from search."""
    position = {name: position for position, name in enumerate(SOURCE_NAMES)}

    def positions(weights):
        return draw(rng, {position[name]: weight for name, weight in weights.items()}, len(day))

    source = np.where(is_first, positions(crowd.openers), positions(crowd.returns))
    for name in {*crowd.openers, *crowd.returns}:
        on_air = traffic.SOURCES[name].on_air
        if on_air:
            is_quiet = (source == position[name]) & ~np.isin(day, on_air)
            source[is_quiet] = position["search"]
    return source


def draw(rng, weights, count):
    """So many of the keys, at random by their weights."""
    shares = np.array(list(weights.values()), float)
    keys = np.array(list(weights), object if None in weights else None)
    return keys[rng.choice(len(keys), count, p=shares / shares.sum())]
