"""The raw rows that the visitors who look around leave: sessions, micro conversions, ad clicks."""

import numpy as np
import pyarrow as pa

from demo_data import accidents, traffic
from demo_data.columns import (
    coded,
    hexadecimal,
    joined,
    load_moments,
    moments,
    stamps,
    text,
    where,
)
from demo_data.visitors import CONSENT, COUNTRIES, KNOWN_SHARE, SOURCE_NAMES, draw, play
from demo_data.world import AGENTS

# Different links of one source, and how long a click id is.
LINKS = 500
CLICK_ID_DIGITS = 15
LATE_SHARE = 0.01


def rows(link_rng, rng, crowd, persons, first_number):
    """Columns by raw table. Ids are numbered from `first_number` on."""
    visits = accidents.recorded(rng, crowd, play(rng, crowd, persons))
    who = Persons(rng, crowd, persons, first_number)
    sessions, clicks = session_rows(link_rng, rng, crowd, visits, who, first_number)
    return {
        "sessions": sessions,
        "conversions": goal_rows(rng, crowd, visits, who, first_number),
        "ad_clicks": clicks,
    }


class Persons:
    """What stays the same through all visits of a person, in columns by person."""

    def __init__(self, rng, crowd, persons, first_number):
        number = text(np.arange(persons) + first_number)
        self.visitor_id = joined(hexadecimal(rng, persons, 12), ".", number)
        self.user_id = joined(crowd.user_prefix, number)
        self.email = joined("guest.", number, "@example.com")
        self.is_known = rng.random(persons) < KNOWN_SHARE
        self.device = draw(rng, crowd.devices, persons)
        self.country = draw(rng, COUNTRIES, persons)
        self.consent = draw(rng, CONSENT, persons)


def session_rows(link_rng, rng, crowd, visits, who, first_number):
    count, person = len(visits), pa.array(visits.person)
    is_known = who.is_known[visits.person]
    by_mail = visits.source == SOURCE_NAMES.index(crowd.mail_source)
    loaded = visits.seconds + visits.engaged + rng.integers(1200, 5000, count)
    is_late = rng.random(count) < LATE_SHARE
    loaded += np.where(is_late, rng.integers(4, 25, count) * 86400, 0)
    arrived, clicks = arrivals(link_rng, rng, crowd, visits)
    sessions = {
        "session_id": joined("s-", text(np.arange(count) + first_number)),
        "visitor_id": who.visitor_id.take(person),
        "user_id": where(is_known & ~by_mail, who.user_id.take(person)),
        "email": where(is_known & by_mail, who.email.take(person)),
        "started_at": stamps(rng, visits.seconds),
        "ended_at": where(rng.random(count) > 0.04, moments(visits.seconds + visits.engaged)),
        "engaged_seconds": where(rng.random(count) > 0.03, text(visits.engaged)),
        "page_views": pa.array(np.where(visits.is_bounce, 1, rng.integers(2, 12, count))),
        **arrived,
        "device_type": pa.array(who.device).take(person),
        "country": pa.array(who.country).take(person),
        "user_agent": pa.array([AGENTS[device] for device in who.device]).take(person),
        "is_bot": pa.array(np.zeros(count, bool)),
        "is_internal": pa.array(np.zeros(count, bool)),
        "consent_state": pa.array(who.consent, pa.string()).take(person),
        "loaded_at": load_moments(loaded),
    }
    return sessions, clicks


def arrivals(link_rng, rng, crowd, visits):
    """The landing_url, referrer_url and utm_* columns; and what ad platforms tell of the clicks."""
    names = sorted({*crowd.openers, *crowd.returns, "search"})
    links = [traffic.link(link_rng, name, crowd.site) for name in names for _ in range(LINKS)]
    first_link = np.zeros(len(SOURCE_NAMES), int)
    first_link[[SOURCE_NAMES.index(name) for name in names]] = np.arange(len(names)) * LINKS
    number = first_link[visits.source] + rng.integers(0, LINKS, len(visits))
    taken = pa.array(number)
    columns = {
        field: pa.array([arrived.get(field) for arrived, _ in links], pa.string()).take(taken)
        for field in ("landing_url", "referrer_url", *traffic.TAGS)
    }
    is_click = np.array([is_click for _, is_click in links])[number]
    click_id = hexadecimal(rng, len(visits), CLICK_ID_DIGITS)
    columns["landing_url"] = joined(columns["landing_url"], where(is_click, click_id, ""))
    is_untagged = accidents.untagged(crowd, visits)
    for field in traffic.TAGS:
        columns[field] = where(~is_untagged, columns[field])
    bare_urls = pa.array([arrived["landing_url"].partition("?")[0] for arrived, _ in links])
    columns["landing_url"] = where(is_untagged, bare_urls.take(taken), columns["landing_url"])

    is_told = is_click & (rng.random(len(visits)) < traffic.REPORTED_CLICKS)
    is_told &= visits.source == SOURCE_NAMES.index("google_ads")
    google = traffic.SOURCES["google_ads"]
    told = int(is_told.sum())
    clicks = {
        "parameter": pa.array([google.click_id] * told, pa.string()),
        "click_id": click_id.filter(pa.array(is_told)),
        "utm_campaign": coded(google.campaigns, rng.integers(0, len(google.campaigns), told)),
        "utm_term": coded(google.terms, rng.integers(0, len(google.terms), told)),
        "loaded_at": load_moments(visits.seconds[is_told] + rng.integers(3600, 90_000, told)),
    }
    return columns, clicks


def goal_rows(rng, crowd, visits, who, first_number):
    """Micro conversions of engaged visits."""
    engaged = np.flatnonzero(~visits.is_bounce)
    drawn = rng.random(len(engaged))
    bounds = np.cumsum(list(crowd.goals.values()))
    goal = np.searchsorted(bounds, drawn, side="right")
    has_goal = goal < len(bounds)
    position, goal = engaged[has_goal], goal[has_goal]
    person, count = visits.person[position], len(position)
    done = visits.seconds[position] + visits.engaged[position] * rng.uniform(0.2, 0.9, count)
    is_known = who.is_known[person]
    return {
        "conversion_id": joined("web-", text(np.arange(count) + first_number)),
        "source_system": coded(["web"], np.zeros(count, int)),
        "visitor_id": who.visitor_id.take(pa.array(person)),
        "user_id": where(is_known, who.user_id.take(pa.array(person))),
        "conversion_type": coded(list(crowd.goals), goal),
        "converted_at": stamps(rng, done),
        "status": coded(["confirmed"], np.zeros(count, int)),
        "audience": coded([crowd.audience], np.zeros(count, int)),
        "updated_at": load_moments(done),
        "loaded_at": load_moments(done + rng.integers(60, 4000, count)),
    }
