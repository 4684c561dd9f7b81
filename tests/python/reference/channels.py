"""Where a touch came from: source, medium, campaign, evidence, channel; and the touchpoints."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from .inputs import UTM_FIELDS, VIEWS, clean_utm

NOT_SET = "(not set)"
ORGANIC_MEDIUM = {
    "search": "organic",
    "social": "social",
    "video": "video",
    "shopping": "shopping",
    "ai": "ai-assistant",
}
INTERACTION_MEDIUM = {
    "email_open": "email",
    "email_click": "email",
    "podcast": "audio",
    "impression": "display",
    "other": NOT_SET,
}
SECOND_LEVEL = {"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv"}

PAID = re.compile(r"(.*cp.*|ppc|retargeting|paid.*)", re.IGNORECASE)
SHOP = re.compile(r"(.*(([^a-df-z]|^)shop|shopping).*)", re.IGNORECASE)
SOCIAL_MEDIA = {
    "social", "social-network", "social-media", "sm", "social network", "social media",
}  # fmt: skip
EMAIL = {"email", "e-mail", "e_mail", "e mail"}

# ---------------------------------------------------------------------------- URLs


def query_of(url):
    """The query string's (name, raw value) pairs, in order; never those of the fragment."""
    before_fragment = (url or "").partition("#")[0]
    query = before_fragment.partition("?")[2]
    return [(name, value) for name, _, value in (part.partition("=") for part in query.split("&"))]


def host_of(url):
    """The host in lower case, without port; None without `scheme://`."""
    if not url or "//" not in url:
        return None
    return (urlsplit(url).netloc.rpartition("@")[2].partition(":")[0]).lower() or None


def landing_page(url):
    """Host and path, without scheme, port, query and fragment; a relative URL has a path only."""
    host = host_of(url) or ""
    path = re.match(r"(?:[^/?#]*//[^/?#]*)?([^?#]*)", url or "").group(1)
    return host + path or None


def reduced_names(host):
    """What the source list is asked for, in order: full host, without prefixes, reduced name."""
    bare = re.sub(r"^((www|m|l|lm|out)\.)+", "", host)
    labels = bare.split(".")
    suffix = 1
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SECOND_LEVEL:
        suffix = 2
    return [host, bare] + labels[-suffix - 1 : -suffix]


# ---------------------------------------------------------------------------- evidence


class Traffic:
    def __init__(self, seeds):
        self.seeds = seeds

    def standard(self, source):
        return self.seeds.aliases.get(source, source)

    def of_session(self, row):
        """The source, medium, campaign and evidence of a session."""
        query = query_of(row["landing_url"])
        utm = utm_of(row, query)
        if any(utm.values()):
            source = self.standard(utm["utm_source"]) or NOT_SET
            return source, utm["utm_medium"] or NOT_SET, utm["utm_campaign"], "utm"
        names = {name for name, value in query if value}
        for click in self.seeds.click_ids:
            if click["parameter"] in names:
                return click["source"], click["medium"], click.get("campaign"), "click_id"
        host = host_of(row["referrer_url"])
        if host and not self.is_excluded(host):
            source, category = self.known_source(host)
            medium = ORGANIC_MEDIUM.get(category, "referral")
            return source or host, medium, None, "referrer"
        return "(direct)", "(none)", None, "none"

    def is_return(self, row):
        """Whether a session has neither tag nor click id, and a referrer that is left out."""
        host = host_of(row["referrer_url"])
        return self.of_session(row)[3] == "none" and host is not None and self.is_excluded(host)

    def of_interaction(self, row):
        campaign, kind = row["utm_campaign"], row["interaction_type"]
        if row["utm_source"] or row["utm_medium"]:
            source = self.standard(row["utm_source"]) or NOT_SET
            return source, row["utm_medium"] or NOT_SET, campaign, "utm"
        return NOT_SET, INTERACTION_MEDIUM.get(kind, kind), campaign, "interaction"

    def of_spend(self, row):
        return self.standard(row["utm_source"]), row["utm_medium"], row["utm_campaign"], "utm"

    def is_excluded(self, host):
        return any(
            host == other or host.endswith("." + other) for other in self.seeds.excluded_referrers
        )

    def known_source(self, name):
        """The listed source that a host (or a tagged source) reduces to, and its category."""
        for candidate in reduced_names(name):
            if candidate in self.seeds.categories:
                return candidate, self.seeds.categories[candidate]
        return None, None

    # ------------------------------------------------------------------------ channel

    def channel(self, source, medium, campaign):
        for rule in self.seeds.overrides:
            if all(
                pattern is None
                or (value is not None and re.fullmatch(pattern, value, re.IGNORECASE))
                for pattern, value in [
                    (rule["source_pattern"], source),
                    (rule["medium_pattern"], medium),
                    (rule["campaign_pattern"], campaign),
                ]
            ):
                return rule["channel"]
        return self.default_channel(source.lower(), medium.lower(), (campaign or "").lower())

    def default_channel(self, source, medium, campaign):
        category = self.known_source(source)[1]
        paid = bool(PAID.fullmatch(medium))
        shopping = category == "shopping" or bool(SHOP.fullmatch(campaign))
        rules = [
            ("Direct", source == "(direct)" and medium in {"(none)", NOT_SET}),
            ("Cross-network", "cross-network" in campaign),
            ("Paid Shopping", shopping and paid),
            ("Paid Search", category == "search" and paid),
            ("Paid Social", category == "social" and paid),
            ("Paid Video", category == "video" and paid),
            ("Display", medium in {"display", "banner", "expandable", "interstitial", "cpm"}),
            ("Paid Other", paid),
            ("Organic Shopping", shopping),
            ("Organic Social", category == "social" or medium in SOCIAL_MEDIA),
            ("Organic Video", category == "video" or "video" in medium),
            ("Organic Search", category == "search" or medium == "organic"),
            ("AI Assistant", category == "ai" or medium == "ai-assistant"),
            ("Referral", medium in {"referral", "app", "link"}),
            ("Email", source in EMAIL or medium in EMAIL),
            ("Affiliates", medium in {"affiliate", "affiliates"}),
            ("Audio", medium == "audio"),
            ("SMS", "sms" in {source, medium}),
            (
                "Mobile Push Notifications",
                medium.endswith("push")
                or "mobile" in medium
                or "notification" in medium
                or source == "firebase",
            ),
            ("Offline", medium in {"call", "event", "direct_mail", "survey"}),
        ]
        return next((channel for channel, holds in rules if holds), "Unassigned")


def utm_of(row, query):
    """Per field the explicit column, else the first such parameter of the landing page's URL."""
    in_url = {}
    for name, value in query:
        in_url.setdefault(name, value)
    return {field: row[field] or clean_utm(in_url.get(field)) for field in UTM_FIELDS}


# ---------------------------------------------------------------------------- touchpoints


def touchpoints(staged, people, seeds, settings):
    """Sessions and interactions that are touches, engaged or not."""
    traffic = Traffic(seeds)
    rows = [
        session_touch(row, traffic, settings)
        | {"person_id": people.person_of("sessions", row), "is_return": traffic.is_return(row)}
        for row in staged["sessions"]
        if is_human(row, seeds)
    ]
    rows += [
        interaction_touch(row, traffic)
        | {"person_id": people.person_of("interactions", row), "is_return": False}
        for row in staged["interactions"]
        if not row["is_bot"]
    ]
    for row in rows:
        stage = seeds.channels.get(row["channel"], {})
        row["funnel_stage"] = stage.get("funnel_stage")
        row["source_medium"] = f"{row['source']} / {row['medium']}"
    consents = {"granted"} if settings["require_consent"] else {"granted", None}
    consented = [row for row in rows if row["consent"] in consents]
    return without_clicks_of_visits(without_returns(consented, settings), settings)


def by_person(rows):
    persons = {}
    for row in rows:
        persons.setdefault(row["person_id"], []).append(row)
    return persons.values()


def follows(later, earlier, minutes):
    """Whether a touch comes after another one within so many minutes."""
    orders = [(row["touched_at"], row["touchpoint_id"]) for row in (earlier, later)]
    gap = later["touched_at"] - earlier["touched_at"]
    return minutes > 0 and orders[0] < orders[1] and gap <= timedelta(minutes=minutes)


def without_returns(rows, settings):
    """Without visits that go on with a visit before them, as after a payment page."""
    minutes = settings["return_minutes"]
    return [
        row
        for touches in by_person(rows)
        for row in touches
        if not row["is_return"]
        or not any(
            other["touch_type"] == "session" and follows(row, other, minutes) for other in touches
        )
    ]


def without_clicks_of_visits(rows, settings):
    """Without e-mail clicks whose visit, or another such click, comes soon after them."""

    def is_same_touch(click, other):
        if other["touch_type"] == "session":
            return other["channel"] == click["channel"]
        names = ("touch_type", "source", "medium", "campaign")
        return all(other[name] == click[name] for name in names)

    minutes = settings["click_merge_minutes"]
    return [
        row
        for touches in by_person(rows)
        for row in touches
        if row["touch_type"] != "email_click"
        or not any(is_same_touch(row, other) and follows(other, row, minutes) for other in touches)
    ]


def is_human(row, seeds):
    is_bot = row["is_bot"] or any(
        pattern.search(row["user_agent"] or "") for pattern in seeds.bot_patterns
    )
    return not (is_bot or row["is_internal"])


def consent(row):
    """`granted`, `denied`, or None for unknown."""
    return row["consent_state"] if row["consent_state"] in {"granted", "denied"} else None


def is_engaged(row, settings):
    seconds, views = row["engaged_seconds"], row["page_views"]
    return (
        (seconds is None and views is None)
        or (seconds is not None and seconds >= settings["min_engaged_seconds"])
        or (views is not None and views >= 2)
    )


def session_touch(row, traffic, settings):
    source, medium, campaign, evidence = traffic.of_session(row)
    utm = utm_of(row, query_of(row["landing_url"]))
    return {
        "touchpoint_id": f"session:{row['session_id']}",
        "touched_at": row["started_at"],
        "ended_at": row["ended_at"],
        "touch_type": "session",
        "is_view": False,
        "is_engaged": is_engaged(row, settings),
        "channel": traffic.channel(source, medium, campaign),
        "source": source,
        "medium": medium,
        "campaign": campaign,
        "content": utm["utm_content"],
        "term": utm["utm_term"],
        "landing_page": landing_page(row["landing_url"]),
        "traffic_evidence": evidence,
        "device_type": row["device_type"],
        "country": row["country"],
        "consent": consent(row),
    }


def interaction_touch(row, traffic):
    source, medium, campaign, evidence = traffic.of_interaction(row)
    return {
        "touchpoint_id": f"interaction:{row['interaction_id']}",
        "touched_at": row["touched_at"],
        "ended_at": row["touched_at"],
        "touch_type": row["interaction_type"],
        "is_view": row["interaction_type"] in VIEWS,
        "is_engaged": True,
        "channel": traffic.channel(source, medium, campaign),
        "source": source,
        "medium": medium,
        "campaign": campaign,
        "content": row["utm_content"],
        "term": row["utm_term"],
        "landing_page": None,
        "traffic_evidence": evidence,
        "device_type": None,
        "country": None,
        "consent": consent(row),
    }
