"""Where a touch came from: source, medium, campaign, evidence, channel; and the touchpoints."""

import re
from datetime import timedelta

from .inputs import (
    UTM_FIELDS,
    VIEWS,
    clean_utm,
    is_template,
    percent_decoded,
    trimmed,
    without_addresses,
)

NOT_SET = "(not set)"
REFERRER_MEDIUM = {
    "search": "organic",
    "social": "social",
    "video": "video",
    "shopping": "shopping",
    "ai": "ai-assistant",
    "email": "email",
    "ads": "display",
}
INTERACTION_MEDIUM = {
    "email_open": "email",
    "email_click": "email",
    "podcast": "audio",
    "impression": "display",
    "other": NOT_SET,
}
SECOND_LEVEL = {"co", "com", "net", "org", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv"}
NEUTRAL = {"www", "m", "mobile", "amp", "l", "lm", "out", "r", "search"}
SAYS_NOTHING = {None, "organic", "referral", "(none)", NOT_SET}
PLACEHOLDERS = {"(organic)", "(referral)", "(direct)", NOT_SET}

PAID = re.compile(r"(.*cp.*|ppc|retargeting|paid.*)", re.IGNORECASE)
SHOP = re.compile(r"(.*(([^a-df-z]|^)shop|shopping).*)", re.IGNORECASE)
SOCIAL_MEDIA = {
    "social", "social-network", "social-media", "sm", "social network", "social media",
}  # fmt: skip
EMAIL = {"email", "e-mail", "e_mail", "e mail"}

# ---------------------------------------------------------------------------- URLs


def query_of(url):
    """The query string's first raw value of each name; never those of the fragment."""
    before_fragment = (url or "").partition("#")[0]
    query = before_fragment.partition("?")[2].replace("&amp;", "&").replace("?", "&")
    values = {}
    for part in query.split("&"):
        name, equals, value = part.partition("=")
        if equals:
            values.setdefault(name, value)
    return values


def host_of(url, schemes=r"([A-Za-z][A-Za-z0-9+.-]*:)?"):
    """The host in lower case, without user, port and dots at its end."""
    match = re.match(schemes + "//([^/?#]*)", url or "", re.IGNORECASE)
    if not match:
        return None
    authority = match.groups()[-1]
    return authority.rpartition("@")[2].partition(":")[0].rstrip(".").lower() or None


def referrer_host(url):
    return host_of(url, "(https?|android-app):")


def landing_page(url):
    """Host and path, without scheme, port, query and fragment; a relative URL has a path only."""
    url = url or ""
    if re.match("(mailto|tel|sms|about|javascript|data|blob):", url, re.IGNORECASE):
        return None
    host = host_of(url) or ""
    path = re.match(r"(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*)?([^?#]*)", url).group(1)
    return without_addresses(host + path) or None


def lookup_forms(source):
    """The forms under which a source is looked up, and the name that may stand for all of it."""
    labels = source.split(".")
    if len(labels) < 2 or not all(labels[-2:]):
        return [source], None
    size = 1
    if (
        len(labels) > 2
        and re.fullmatch("[a-z]{2}", labels[-1])
        and labels[-2] in SECOND_LEVEL
        and labels[-3]
    ):
        size = 2
    front, domain = labels[: -size - 1], labels[-size - 1 :]
    while front and (front[0] in NEUTRAL or re.fullmatch("[a-z]{2}", front[0])):
        front.pop(0)
    name = None if front else domain[0]
    return [source, ".".join(front + domain)] + ([name] if name else []), name


def one_site(left, right):
    """Whether one host is the other one or within it."""
    left, right = (host.removeprefix("www.") for host in (left, right))
    return left == right or left.endswith("." + right) or right.endswith("." + left)


# ---------------------------------------------------------------------------- evidence


class Traffic:
    def __init__(self, seeds, ad_clicks=()):
        self.seeds = seeds
        self.ad_clicks = {(row["parameter"], row["click_id"]): row for row in ad_clicks}

    def standard(self, source):
        """The name under which a source is published."""
        if source is None:
            return None
        if "." not in source:
            return self.seeds.aliases.get(source, source)
        forms, name = lookup_forms(source)
        for form in forms:
            if form in self.seeds.aliases:
                return self.seeds.aliases[form]
            if form in self.seeds.categories:
                same = self.seeds.categories.get(name) == self.seeds.categories[form]
                return name if same else form
        return source

    def category(self, source):
        return self.seeds.categories.get(source)

    def medium(self, medium):
        return self.seeds.medium_aliases.get(medium, medium)

    def tags_of(self, row, query):
        """Per field the explicit column, else the first parameter of the URL with a value."""
        tags = {}
        for field in UTM_FIELDS:
            in_url = [clean_utm(query.get(name)) for name in self.seeds.campaign_parameters[field]]
            tags[field] = next(filter(None, [row[field], *in_url]), None)
        return tags | {"utm_medium": self.medium(tags["utm_medium"])}

    def click_of(self, query):
        """The row of the first click id with a value, and that value."""
        for click in self.seeds.click_ids:
            value = trimmed(percent_decoded(query.get(click["parameter"], "")))
            if value and not is_template(value):
                return click, value
        return None, None

    def of_session(self, row):
        """All that a session's evidence says."""
        query = query_of(row["landing_url"])
        tags = self.tags_of(row, query)
        click, click_id = self.click_of(query)
        if click is None and not any(tags.values()):
            return self.of_referrer(row)
        evidence = "utm"
        if click is not None:
            if click["parameter"] in self.seeds.paid_click_ids:
                tags = without_placeholders(tags)
            if tags["utm_medium"] is None:
                evidence = "click_id"
            known = self.ad_clicks.get((click["parameter"], click_id), {})
            implied = {f"utm_{name}": click[name] for name in ("source", "medium", "campaign")}
            for field in UTM_FIELDS:
                tags[field] = tags[field] or known.get(field) or implied.get(field)
        return {
            "source": self.standard(tags["utm_source"]) or NOT_SET,
            "medium": self.medium(tags["utm_medium"]) or NOT_SET,
            "campaign": tags["utm_campaign"],
            "content": tags["utm_content"],
            "term": tags["utm_term"],
            "traffic_evidence": evidence,
            "has_excluded_referrer": False,
        }

    def of_referrer(self, row):
        touch = {"campaign": None, "content": None, "term": None, "has_excluded_referrer": False}
        none = {"source": "(direct)", "medium": "(none)", "traffic_evidence": "none"}
        host = referrer_host(row["referrer_url"])
        if host is None:
            return touch | none
        source = self.standard(host)
        category = self.category(source)
        own = host_of(row["landing_url"])
        is_own = own is not None and one_site(own, host) and category is None
        if self.is_excluded(host) or is_own:
            return touch | none | {"has_excluded_referrer": True}
        medium = REFERRER_MEDIUM.get(category, "referral")
        return touch | {"source": source, "medium": medium, "traffic_evidence": "referrer"}

    def of_interaction(self, row):
        campaign, kind = row["utm_campaign"], row["interaction_type"]
        if row["utm_source"] or row["utm_medium"]:
            source = self.standard(row["utm_source"]) or NOT_SET
            return source, self.medium(row["utm_medium"]) or NOT_SET, campaign, "utm"
        return NOT_SET, INTERACTION_MEDIUM.get(kind, kind), campaign, "interaction"

    def of_spend(self, row):
        source, medium = self.standard(row["utm_source"]), self.medium(row["utm_medium"])
        return source, medium, row["utm_campaign"], "utm"

    def is_excluded(self, host):
        return any(
            host == other or host.endswith("." + other) for other in self.seeds.excluded_referrers
        )

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
        category = self.category(source)
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
            ("Email", category == "email" or source in EMAIL or medium in EMAIL),
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


def without_placeholders(tags):
    """Tags beside a paid click id: what says nothing of the click is dropped."""
    if tags["utm_medium"] not in SAYS_NOTHING:
        return tags
    return dict.fromkeys(tags) | {
        field: tags[field]
        for field in ("utm_campaign", "utm_content", "utm_term")
        if tags[field] not in PLACEHOLDERS
    }


# ---------------------------------------------------------------------------- touchpoints


def touchpoints(staged, people, seeds, settings):
    """Sessions and interactions that are touches, engaged or not."""
    traffic = Traffic(seeds, staged["ad_clicks"])
    rows = [
        session_touch(row, traffic, settings)
        | {
            "person_id": people.person_of("sessions", row),
            "is_return": traffic.of_session(row)["has_excluded_referrer"],
        }
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
    touch = traffic.of_session(row)
    return {
        "touchpoint_id": f"session:{row['session_id']}",
        "touched_at": row["started_at"],
        "ended_at": row["ended_at"],
        "touch_type": "session",
        "is_view": False,
        "is_engaged": is_engaged(row, settings),
        "channel": traffic.channel(touch["source"], touch["medium"], touch["campaign"]),
        **{name: touch[name] for name in ("source", "medium", "campaign", "content", "term")},
        "landing_page": landing_page(row["landing_url"]),
        "traffic_evidence": touch["traffic_evidence"],
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
