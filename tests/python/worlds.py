"""Small made-up worlds for the property tests: a few persons each, as near to the edges as can be.

A world is a dict of raw tables. Its ids carry `~`, which `pack` replaces by the world's own
prefix: so many worlds go into one raw folder, and one build, without touching one another.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import hypothesis
from hypothesis import strategies as st

MICROSECOND = timedelta(microseconds=1)
SPAN = timedelta(milliseconds=1)  # longer than any hair
DAY = timedelta(days=1)
ID_COLUMNS = {
    "session_id", "visitor_id", "user_id", "email", "conversion_id", "order_id",
    "interaction_id", "left_id", "right_id", "id", "click_id",
}  # fmt: skip

# ---------------------------------------------------------------------------- time

# Days on which clocks change, a leap day's year, and a plain one.
CONVERSION_DAYS = ["2025-03-09", "2025-03-30", "2025-06-15", "2025-10-26", "2025-11-02"]
CONVERSION_TIMES = ["00:00:00", "03:30:00", "05:00:00", "12:00:00.5", "23:59:59.999999"]
LOOKBACKS = [7, 30, 90, 180]
ZONES = ["UTC", "America/New_York", "Asia/Kolkata", "America/Havana"]

moments = st.builds(
    lambda day, time: datetime.fromisoformat(f"{day}T{time}"),
    st.sampled_from(CONVERSION_DAYS),
    st.sampled_from(CONVERSION_TIMES),
)
hairs = st.sampled_from([timedelta(0), timedelta(0), MICROSECOND, -MICROSECOND])
gaps = st.sampled_from(
    [timedelta(days=days) for days in (0, 0, 1, 1, 2, 3, 5, 6, 12, 31, 61, 91, 100, *LOOKBACKS)]
    + [timedelta(minutes=minutes) for minutes in (1, 30, 60, 61, 90)]
    + [timedelta(seconds=9), timedelta(hours=13), timedelta(hours=30)]
)


def midnight_of(moment, days, zone):
    """Midnight in a zone, `days` days before the day of a UTC moment."""
    local = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=days)
    midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(zone))
    return midnight.astimezone(UTC).replace(tzinfo=None)


@st.composite
def moments_before(draw, anchor):
    """Mostly before a conversion, often exactly on an edge of one of its windows."""
    hair = draw(hairs)
    if draw(st.integers(0, 5)) == 5:
        days = draw(st.sampled_from([0, *(lookback - 1 for lookback in LOOKBACKS)]))
        return midnight_of(anchor, days, draw(st.sampled_from(ZONES))) + hair
    return anchor - draw(gaps) + hair


EPOCH = datetime(1970, 1, 1)
# What may stand around a value without being part of it.
BLANKS = [" ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\t"]


def since_1970(moment, unit):
    """A moment in whole units since 1970, where that loses nothing."""
    units, rest = divmod(moment - EPOCH, unit)
    return None if rest else str(units)


@st.composite
def written(draw, moment):
    """A UTC moment as some loader would write it."""
    style = draw(st.integers(0, 13))
    if moment.time() == datetime.min.time() and style in (4, 5):
        return moment.strftime("%Y-%m-%d" if style == 4 else "%Y%m%d")
    match style:
        case 1:
            return moment.isoformat(timespec="microseconds") + "Z"
        case 2:
            return (moment + timedelta(hours=5, minutes=30)).isoformat(sep=" ") + "+05:30"
        case 3:
            return (moment - timedelta(hours=8)).isoformat() + "-08:00"
        case 5:
            return moment.isoformat(sep=" ") + draw(st.sampled_from([" UTC", " +00:00", " Z"]))
        case 6:
            return (moment - timedelta(hours=8)).isoformat(sep=" ") + " -0800"
        case 7:
            return (
                moment.isoformat(sep=" ", timespec="microseconds")
                + "987"
                + draw(st.sampled_from(["", "Z", " UTC"]))
            )
        case 8:
            blank = draw(st.sampled_from(BLANKS))
            return f"{blank}{moment.isoformat()}{blank}"
        case 9:
            return since_1970(moment, MICROSECOND) + draw(st.sampled_from(["", "999"]))
        case 10:
            whole = since_1970(moment, timedelta(milliseconds=1))
            return whole or moment.isoformat()
        case 11:
            whole = since_1970(moment, timedelta(seconds=1))
            return whole + draw(st.sampled_from(["", ".0"])) if whole else moment.isoformat()
    return moment.isoformat(sep=" ")


# ---------------------------------------------------------------------------- touches

# Few channels, so that they meet again on one path.
TRAFFIC = [
    {},
    {},
    {"utm_source": "Google", "utm_medium": "cpc", "utm_campaign": "Brand+Search"},
    {"utm_source": "google", "utm_medium": "cpc", "utm_campaign": "generic"},
    {"utm_source": "newsletter", "utm_medium": "email", "utm_content": "Header%20A"},
    {"utm_source": "fb", "utm_medium": "paid_social", "utm_term": "100%"},
    {"referrer_url": "https://www.google.co.uk/search?q=x"},
    {"referrer_url": "https://blog.partner.example:8080/post"},
    {"landing_url": "https://Shop.example/A?gclid=1&fbclid=2#utm_source=x"},
    {"landing_url": "https://shop.example/b?utm_source=News%2Bletter&utm_medium=email"},
    {"landing_url": "https://shop.example:443/b?q=1", "referrer_url": "https://pay.google.com/x"},
    {"utm_campaign": "only a campaign"},
    {"referrer_url": "https://checkout.stripe.com/pay"},
    {"referrer_url": "https://www.paypal.com/"},
    {"landing_url": "https://shop.example/c?utm_source=google&amp;utm_medium=organic&gclid=Known"},
    {"landing_url": "https://shop.example/c?utm_content=(not+set)&msclkid=Known"},
    {"landing_url": "https://shop.example/c?mtm_source=fb&mtm_medium=pmax&fbclid=Known"},
    {
        "landing_url": "https://shop.example/c?utm_source={{site}}&utm_medium=paid&fbclid=1",
        "referrer_url": "https://l.facebook.com/",
    },
    {"landing_url": "https://shop.example/c", "referrer_url": "https://blog.shop.example/"},
    {"landing_url": "https://shop.example/c", "referrer_url": "https://mail.google.com/"},
]
JUNK = [None, "", "null", " NaN ", "(not set)", "0", "Anonymous"]


def sparse(values, often=None):
    """Mostly null, sometimes one of the values."""
    return st.sampled_from([often] * 5 * len(values) + values)


@st.composite
def identities(draw, people):
    """Identity columns: one or two of a world's few keys, junk in some of the rest."""
    row = {
        "visitor_id": draw(sparse(JUNK, often="~v0")),
        "user_id": draw(sparse(JUNK)),
        "email": draw(sparse(JUNK)),
    }
    number = draw(st.integers(0, people - 1))
    column = draw(st.sampled_from(["visitor_id", "visitor_id", "user_id", "email"]))
    row[column] = {
        "visitor_id": f" ~v{number}",
        "user_id": f"~U{number} ",
        "email": f"~A{number}@X.com",
    }[column]
    if column != "email" and draw(st.integers(0, 9)) == 9:
        row[column] = f"~A{number}@x.com"  # an address in the place of an id
    if people == 1 or draw(st.integers(0, 5)):
        return row
    return dict.fromkeys(row) | {column: row[column]}


@st.composite
def sessions(draw, number, anchor, people):
    started_at = draw(moments_before(anchor))
    row = {
        "session_id": f"~s{number}",
        **draw(identities(people)),
        "started_at": draw(written(started_at)),
        "ended_at": None,
        "engaged_seconds": draw(sparse(["-3", "0", "9.5", "10", "60", "x"], often="30")),
        "page_views": draw(sparse(["1", "2", "5"])),
        "device_type": draw(sparse([" Mobile", "desktop", "fridge"])),
        "country": draw(sparse(["de", "US"])),
        "user_agent": draw(sparse(["Mozilla/5.0", "Mozilla/5.0", "Googlebot/2.1"])),
        "is_internal": draw(sparse(["false", "false", "true"])),
        "consent_state": draw(sparse(["granted", " Granted", "denied", "maybe"])),
        **draw(st.sampled_from(TRAFFIC)),
    }
    if draw(st.sampled_from([False, False, False, True])):
        # Ends around the conversion, so that the conversion happens during the visit or not.
        row["ended_at"] = draw(written(anchor + draw(hairs)))
        row["engaged_seconds"] = draw(st.sampled_from([None, "1", "1", "10"]))
    return draw(with_duplicate(row, "started_at", started_at))


@st.composite
def interactions(draw, number, anchor, people):
    touched_at = draw(moments_before(anchor))
    row = {
        "interaction_id": f"~i{number}",
        **draw(identities(people)),
        "touched_at": draw(written(touched_at)),
        "interaction_type": draw(
            st.sampled_from(
                ["impression", "email_click", "Impression ", "email_open", "podcast", "call",
                 "impression", "email_open", "email_click", "podcast", "other", "event", "fax"]
            )
        ),
        "is_bot": draw(sparse(["false", "true"])),
        **draw(
            sparse(
                [
                    {"utm_source": "youtube", "utm_medium": "cpv"},
                    {"utm_source": "{{source}}", "utm_medium": "Newsletter"},
                ],
                often={},
            )
        ),
        "consent_state": draw(sparse(["granted", "denied"])),
    }  # fmt: skip
    return draw(with_duplicate(row, "touched_at", touched_at))


@st.composite
def with_duplicate(draw, row, column, moment):
    """One row or two of one key, told apart by when they were loaded, else by when they were."""
    kind = draw(sparse(["same", "later", "equal", "late reject"]))
    loaded_at = moment + DAY
    if kind is None:
        return [row]
    if kind == "same":
        return [row, dict(row)]
    other = row | {"utm_campaign": "the other", column: draw(written(moment - MICROSECOND))}
    if kind == "later":
        return [row, other | {"loaded_at": draw(written(loaded_at))}]
    if kind == "equal":
        loaded = {"loaded_at": draw(written(loaded_at))}
        return [other | loaded, row | loaded]
    return [row, other | {"loaded_at": draw(written(loaded_at)), column: "yesterday"}]


# ---------------------------------------------------------------------------- conversions

TYPES = [
    "purchase", "purchase", "demo_request", "demo_request", "enterprise_deal",
    "content_download", "product_view", "Lead",
]  # fmt: skip


@st.composite
def conversions(draw, number, anchor, people, types):
    shift = draw(st.sampled_from([0, 0, 0, 0, 29, 30, 31, 59, 60, 61, 90, 60 * 24, 60 * 24 * 100]))
    converted_at = anchor + timedelta(minutes=shift) + draw(hairs)
    row = {
        "conversion_id": f"~c{draw(st.sampled_from([number] * 4 + [0]))}",
        "source_system": draw(
            st.sampled_from([None, None, "web", " CRM", "backend", "erp", "app:eu%"])
        ),
        **draw(identities(people)),
        "order_id": draw(st.sampled_from([None, None, None, "~o1", " ~o1 ", "~o2"])),
        "conversion_type": draw(st.sampled_from(types)),
        "converted_at": draw(written(converted_at)),
        "value": draw(st.sampled_from([None, "10", "99.99", "250", "0", "-5.25", "1e3", "12,5"])),
        "currency_code": draw(sparse(["USD", "eur", "GBP", "JPY"])),
        "status": draw(
            sparse(["confirmed", "pending", "cancelled", "Refunded", "lost", "Voided", "?"])
        ),
        "refunded_value": draw(sparse(["1.5", "99.99", "?"])),
        "product_category": draw(sparse(["shoes"])),
        "plan_tier": draw(sparse(["pro"])),
        "lead_stage": draw(sparse(["mql"])),
        "audience": draw(sparse([" schools "])),
        # Each row has its own moment of update: what decides between equals is not prescribed.
        "updated_at": draw(sparse([None, (converted_at + DAY + number * SPAN).isoformat()])),
        "loaded_at": (converted_at + DAY + number * SPAN).isoformat(),
    }
    if draw(st.integers(0, 9)) == 0:
        row |= {"visitor_id": None, "user_id": None, "email": None}
    if draw(st.integers(0, 14)) == 0:
        row[draw(st.sampled_from(["conversion_id", "converted_at", "conversion_type"]))] = " "
    return row


@st.composite
def stages(draw, number, anchor):
    entered_at = draw(moments_before(anchor))
    row = {
        "conversion_id": None,
        "source_system": None,
        "order_id": None,
        "stage": draw(
            st.sampled_from(["lead", "Opportunity", "lead", "opportunity", "customer", None])
        ),
        "entered_at": draw(written(entered_at)),
    }
    if draw(st.booleans()):
        return row | {"order_id": draw(st.sampled_from(["~o1", " ~o2", "~o1", None]))}
    return row | {
        "conversion_id": f"~c{draw(st.integers(0, number))}",
        "source_system": draw(sparse(["CRM", "backend"])),
    }


@st.composite
def links(draw, people, anchor):
    kinds = st.sampled_from(["visitor", "user", "email"] * 3 + ["phone"])
    ends = {}
    for side in ("left", "right"):
        kind = draw(kinds)
        number = draw(st.integers(0, people))
        ids = {"user": f"~U{number}", "email": f"~a{number}@x.COM "}
        ends[f"{side}_type"] = kind
        ends[f"{side}_id"] = draw(sparse(["null"], often=ids.get(kind, f"~v{number}")))
    if draw(st.integers(0, 9)) == 9:
        ends["left_id"] = "~A0@x.com"
    linked_at = draw(st.one_of(st.none(), moments_before(anchor)))
    return ends | {"linked_at": linked_at and draw(written(linked_at))}


@st.composite
def kiosks(draw):
    """A visitor key, an e-mail or a user of so many neighbours that it may count as shared."""
    hub, spoke = draw(
        st.sampled_from([("visitor", "user"), ("email", "visitor"), ("user", "email")])
    )
    return [
        {
            "left_type": hub,
            "left_id": {"visitor": "~v0", "user": "~U0", "email": "~a0@x.com"}[hub],
            "right_type": spoke,
            "right_id": f"~k{number}",
        }
        for number in range(draw(st.sampled_from([1, 2, 3, 9, 10, 11])))
    ]


# Whose row it is: nobody's mostly, so that the rows around it decide.
HOUSEHOLD_KEYS = [
    {}, {}, {}, {"user_id": "~H0"}, {"user_id": "~H1"}, {"email": "~h0@x.com"},
    {"user_id": "~H0", "email": "~h0@x.com"},
]  # fmt: skip
HOUSEHOLD_TRAFFIC = [
    {"utm_source": "newsletter", "utm_medium": "email"},
    {"utm_source": "newsletter", "utm_medium": "email"},
    {"referrer_url": "https://checkout.stripe.com/pay"},
    {"utm_source": "google", "utm_medium": "cpc"},
]


@st.composite
def households(draw, anchor):
    """Two persons on one device, at so few moments that rows often meet at one."""
    slots = st.sampled_from([anchor - timedelta(minutes=30 * slot) for slot in range(5)])
    # From here on nobody logs in, so that the last row before, or a link, decides.
    last_login_at = anchor - timedelta(minutes=draw(st.sampled_from([0, 0, 45, 75, 1000])))

    def row(time, **more):
        moment = draw(slots)
        keys = draw(st.sampled_from(HOUSEHOLD_KEYS)) if moment <= last_login_at else {}
        visitor = {"visitor_id": draw(st.sampled_from(["~h", "~h", "~h", "~h2"]))}
        return visitor | keys | {time: moment.isoformat()} | more

    def rows(most, make):
        return [make(number) for number in range(draw(st.integers(0, most)))]

    loaded_at = {"loaded_at": (anchor + DAY).isoformat()}
    return {
        "sessions": rows(
            7,
            lambda n: row("started_at", session_id=f"~hs{n}", **loaded_at)
            | draw(st.sampled_from(HOUSEHOLD_TRAFFIC)),
        ),
        "interactions": rows(
            3,
            lambda n: row(
                "touched_at",
                interaction_id=f"~hi{n}",
                interaction_type="email_click",
                **loaded_at,
            ),
        ),
        "conversions": rows(
            4,
            lambda n: row(
                "converted_at",
                conversion_id=f"~hc{n}",
                order_id=draw(st.sampled_from([None, "~ho"])),
                conversion_type=draw(st.sampled_from(["purchase", "lead"])),
                updated_at=(anchor + DAY + n * SPAN).isoformat(),
                **loaded_at,
            )
            | draw(st.sampled_from([{}, {}, {"visitor_id": None, "user_id": None}])),
        ),
        "identity_links": [
            {"left_type": "visitor", "left_id": "~h", "right_type": kind, "right_id": key}
            | {"linked_at": draw(st.sampled_from([None, draw(slots).isoformat()]))}
            for kind, key in draw(
                st.lists(
                    st.sampled_from([("user", "~H0"), ("user", "~H1"), ("visitor", "~h2")]),
                    max_size=3,
                )
            )
        ],
        "erasure_requests": draw(
            st.sampled_from(
                [[], [], [{"id_type": "user", "id": "~H0"}],
                 [{"id_type": "email", "id": "~H0@x.com"}],
                 [{"id_type": "visitor", "id": "~h2"}, {"id_type": "user", "id": "~H1"}]]
            )
        ),
    }  # fmt: skip


@st.composite
def worlds(draw):
    """One world: some persons who may turn out to be one, their touches and conversions."""
    anchor = draw(moments)
    people = draw(st.sampled_from([1, 1, 2, 3]))
    number_of_conversions = draw(st.sampled_from([1, 2, 3, 5]))
    types = draw(st.lists(st.sampled_from(TYPES), min_size=1, max_size=2))

    def several(counts, strategy):
        return [draw(strategy(number)) for number in range(draw(st.sampled_from(counts)))]

    household = draw(households(anchor)) if draw(st.booleans()) else {}
    world = {
        "sessions": sum(
            several([4, 6, 9, 16, 3, 2, 1, 0], lambda n: sessions(n, anchor, people)), []
        ),
        "interactions": sum(several([0, 2, 3, 6], lambda n: interactions(n, anchor, people)), []),
        "conversions": [
            draw(conversions(number, anchor, people, types))
            for number in range(number_of_conversions)
        ],
        "crm_stages": several([0, 1, 3, 4], lambda n: stages(number_of_conversions - 1, anchor)),
        "identity_links": several([0, 0, 1, 2], lambda n: links(people, anchor))
        + (draw(kiosks()) if draw(st.integers(0, 5)) == 0 else []),
        "erasure_requests": draw(
            st.sampled_from(
                [[]] * 6
                + [
                    [{"id_type": "user", "id": "~U1"}],
                    [{"id_type": "user", "id": " ~a1@X.com"}, {"id_type": "visitor", "id": "~v0"}],
                    [{"id_type": "visitor", "id": " ~v1"}, {"id_type": "user", "id": "~U2"}],
                    [{"id_type": "Email", "id": "~A0@x.com"}],
                    [{"id_type": "user", "id": "~U0"}, {"id_type": "user", "id": "null"}],
                ]
            )
        ),
    }
    return {table: rows + household.get(table, []) for table, rows in world.items()}


# ---------------------------------------------------------------------------- packing

UTM = ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"]

# What all worlds share. Two decimals, so that amounts times rates need no rounding.
SHARED = {
    "exchange_rates": [
        {"rate_date": day, "currency_code": currency, "rate": rate}
        for day, currency, rate in [
            ("2024-01-01", "EUR", "1.10"),
            ("2025-03-30", "EUR", "1.25"),
            ("2025-06-15", "eur", "1.20"),
            ("2024-01-01", "USD", "0.80"),
            ("2025-06-15", "GBP", "1.50"),
            ("2025-13-45", "GBP", "1.40"),
            ("2025-06-15", "GBP", "n/a"),
        ]
    ],
    "ad_spend": [
        dict(
            zip(
                ("spend_date", "utm_source", "utm_medium", "utm_campaign", "utm_content",
                 "impressions", "clicks", "cost", "currency_code"),
                row,
            )
        )
        for row in [
            ("2025-03-01", "Google", "cpc", "Brand+Search", None, "100", "7", "12.50", None),
            ("2025-03-01", "google ", "cpc", "brand search", "", "50", None, "2.25", "EUR"),
            ("2025-03-02", "fb", "paid_social", None, "a", None, None, "0", "USD"),
            ("2025-03-02", "taboola", "display", None, None, "9", "0", "8", "USD"),
            ("2025-03-02", "taboola", "display", None, None, "9", "0", "-8", "USD"),
            ("2025-03-02", "taboola", "display", None, None, "9", "0", "cheap", "USD"),
            ("2025-03-02", "taboola", None, None, None, "9", "0", "1", "USD"),
            ("soon", "taboola", "display", None, None, "9", "0", "1", "USD"),
            ("2025-06-14", "bing", "cpc", None, None, "9", "0", "1", "GBP"),
            ("2025-06-15", "bing", "cpc", None, None, "9", "0", "1", "GBP"),
            ("2025-06-15", "www.bing.com", "PMax", "{campaign}", None, "9", "0", "1", "GBP"),
        ]
    ],
    # What ad platforms know of clicks; each row of a click has its own time of loading.
    "ad_clicks": [
        dict(zip(("parameter", "click_id", *UTM, "loaded_at"), row))
        for row in [
            ("gclid", "Known", None, None, "Auto+Tagged", "Ad%201", "boots", "2025-01-02"),
            ("gclid", " Known ", None, None, "an older row", None, None, "2025-01-01"),
            ("gclid", "known", "bing", "email", "another case", None, None, None),
            ("msclkid", "Known", "Bing", "demandgen", None, "a@b.example", "{keyword}", None),
            ("fbclid", "Known", "ig", "paid", "(not set)", None, None, "2025-01-01"),
            ("gclid", " ", "google", "cpc", "no id", None, None, "2025-01-01"),
            (None, "Known", "google", "cpc", "no parameter", None, None, "2025-01-01"),
        ]
    ],
    "platform_claims": [
        dict(
            zip(
                ("claim_date", "platform", "conversion_type", "claimed_conversions",
                 "claimed_value"),
                row,
            )
        )
        for row in [
            ("2025-03-09", "google", "purchase", "7.5", "100"),
            ("2025-03-30", "google", "purchase", "4", None),
            ("2025-06-15", "google", "purchase", "1", None),
            ("2025-06-15", "meta", "lead", "9", "12.345"),
            ("2025-10-26", "facebook", "demo_request", "3", None),
            ("2025-10-31", "taboola", "purchase", "2", "x"),
            ("2025-11-02", "somebody", "purchase", "2", "5"),
            ("2025-11-02", "google", "purchase", "many", "5"),
        ]
    ],
    # The data's end: what is open depends on it.
    "sessions": [
        {
            "session_id": "end",
            "visitor_id": "end",
            "started_at": "2025-12-01 00:00:00",
            "engaged_seconds": "60",
        }
    ],
}  # fmt: skip


BALANCED_PATHS = ["AB"] * 10 + ["ABA"] + ["BA"] * 9


def balanced_world():
    """Trials whose channel A leads 11 and closes 10 of 20: exactly 0.05 apart, so `balanced`."""
    tags = {"A": "affiliate", "B": "banner"}
    raw = {"sessions": [], "conversions": []}
    for person, path in enumerate(BALANCED_PATHS):
        visitor = f"~v{person}"
        raw["conversions"].append(
            {
                "conversion_id": f"~c{person}",
                "visitor_id": visitor,
                "conversion_type": "trial_start",
                "converted_at": "2025-06-20",
            }
        )
        raw["sessions"] += [
            {
                "session_id": f"~s{person}-{day}",
                "visitor_id": visitor,
                "started_at": f"2025-06-1{day}",
                "utm_source": "made-up",
                "utm_medium": tags[letter],
                "consent_state": "granted",
            }
            for day, letter in enumerate(path)
        ]
    return raw


ODD_PAGES = [
    "https://shop.example/x?utm_source=A&utm_source=B&utm_medium=cpc",
    "https://shop.example/x?utm_source=&utm_source=B&utm_medium=cpc",
    "https://shop.example/x?utm_source=%20&utm_medium=cpc",
    "https://shop.example?utm_source=a%26b&utm_medium=E%2DMail",
    "https://shop.example?UTM_SOURCE=google&Utm_Medium=cpc",
    "https://shop.example/#?utm_source=google&utm_medium=cpc",
    "https://shop.example/p?utm_campaign=a=b&utm_source=100%&utm_medium=%zz%41",
    "https://shop.example/p?a=b?utm_source=x&xutm_source=no&utm_source=caf%C3%A9+%2B",
    "https://shop.example/p?utm_source=a;utm_medium=b",
    "https://shop.example/p?amp;utm_source=a&&=&utm_term",
    "https://shop.example/p?utm_term=%25%32%30&utm_content=" + "%C3%84" * 501,
    "HTTPS://Shop.Example:8443/Path//A?x",
    "https://shop.example/p?gclid=&msclkid",
    "https://shop.example/p?GCLID=1&sccid=1",
    "https://shop.example/p?fbclid=1&ScCid=2&srsltid=3",
    "https://shop.example/p?gclid=1&utm_term=shoes",
    "https://shop.example/p?mc_cid=1#gclid=2",
    "/p?wbraid=1",
    "https://shop.example/p?gclid=&gclid=1",
    "https://shop.example/p?gclid=%20&gbraid=%7Bgclid%7D&wbraid=1",
    "https://shop.example/p?gad_source=1&utm_campaign=(organic)&utm_term=(not%20set)",
    "https://shop.example/p?gclid=Kno%77n&utm_medium=(none)&utm_source=(direct)",
    "https://shop.example/p?gclid=Known%20&utm_medium=email",
    "https://shop.example/p?gclid=Kno%2577n",
    "https://shop.example/p?utm_medium=newsletter&utm_source=bing&srsltid=1",
    "https://shop.example/p?utm_source=%25252541&utm_medium=%2525252541&utm_campaign=%FF%2541%41",
    "https://shop.example/p?utm_source=a&amp;amp;utm_medium=b&amp;utm_campaign=c%26amp;d",
    "https://shop.example/p?x=1?utm_source=a?utm_medium=b#?utm_campaign=c",
    "https://shop.example/p?utm_source=NULL&utm_medium=undefined&utm_campaign=[object+Object]",
    "https://shop.example/p?utm_source=%7B%7Ba%7D%7D-%7Bb%7D&utm_campaign=[a]+[b]&utm_term=[]",
    "https://shop.example/p?utm_source=$%7Ba%7D&utm_medium=%%a%%&utm_campaign=__A__&utm_term=_a_",
    "https://shop.example/p?utm_source={a}&mtm_source=%20&pk_source=fb&pk_kwd=a&mtm_keyword=b",
    "https://shop.example/p?mtm_kwd={a}&pk_keyword=c&mtm_cid=1&mtm_campaign=d",
    "https://shop.example/p?utm_content=mail+Jo%2540x.example+or+a@b.example&utm_term=a@b",
    "https://Jo@shop.example/for/Jo.Doe%40x.example/a@b.example?a@b.example",
    "https://shop.example./p%20q/?a",
    "Example.com/pricing?a",
    "?utm_source=a",
    "MAILTO:a@b.example?utm_source=a",
    "tel:123",
    "ftp://shop.example/a",
]
ODD_REFERRERS = [
    "https://m.facebook.com/",
    "http://l.instagram.com",
    "https://lm.facebook.com/l.php?u=1",
    "https://out.reddit.com/t3",
    "https://news.google.co.uk:443/a",
    "https://www.bing.com?q=1",
    "https://x.com/a#b",
    "https://t.co/a",
    "android-app://com.google.android.gm/",
    "https://checkout.paypal.com/",
    "https://notpaypal.com/",
    "google.com",
    "//google.com/",
    "https://www.Partner.example:80/",
    "https://chatgpt.com/",
    "https://gemini.google.com/app",
    "https://partner.com.br/",
    "https://google.gob.mx/",
    "https://10.0.0.1/a",
    "https://localhost/",
    "https:///a",
    "https://www.alibaba.com/",
    "https://m.youtube.com/watch",
    "about:blank",
    "https://www.google.com.:443/",
    "https://a@b@www.google.com/",
    "ftp://google.com/",
    "HTTPS://DE.Search.Yahoo.com/",
    "https://www.co.uk/",
    "https://m.google/",
    "https://docs.google.com/",
    "https://uk.mail.yahoo.com/",
    "https://x.ai/",
    "https://old.reddit.com/",
    "https://pagead2.googlesyndication.com/",
    "https://shop.app/checkout",
    "android-app://com.google.android.googlequicksearchbox/",
    "android-app://com.Slack/",
]
# The page and the referrer of a site of its own.
OWN_SITES = [
    ("https://shop.example/a", "https://www.shop.example/b"),
    ("https://www.shop.example:80/a", "https://blog.shop.example"),
    ("https://my.shop.example", "http://Shop.Example./"),
    ("https://my.shop.example", "https://your.shop.example/"),
    ("https://shop.example/a@b", "https://myshop.example/"),
    ("https://mystore.etsy.com/", "https://www.etsy.com/"),
    ("/a", "https://shop.example/"),
    ("https://shop.example/?utm_term=a", "https://shop.example/"),
    ("https://shop.example/?gclid=a", "https://shop.example/"),
]
ODD_TAGS = [
    ("google.com", "cpc"), ("www.facebook.com", "cpm"), (" FB ", "social"), ("(direct)", None),
    ("(Direct)", "(none)"), (None, "(none)"), ("facebook", "social_paid"), ("made-up", "tcp"),
    ("made-up", "remarketing"), ("alibaba", None), ("chatgpt.com", "referral"), ("sms", "text"),
    ("emailing.com", "x"), ("e mail", "x"), ("firebase", None), ("made-up", "web-push"),
    ("made-up", "pushed"), ("made-up", "mobile app"), ("made-up", "VideoAd"), ("made-up", "link"),
    ("mail.google.com", None), ("t.co", "cpc"), ("an", "paid"), ("th", "paid"), ("crm", "QR"),
    ("google.com/search", "cpc"), ("pin.it", "{{medium}}"), ("undefined", "NaN"), ("a..com", "x"),
    ("made-up", "interstitial"), ("google", "cpm"), ("youtube", "ppc"), ("made-up", "direct_mail"),
]  # fmt: skip
ODD_CAMPAIGNS = ["workshop", "eshop", "photoshop", "a-shop", "Shopping", "my Cross-Network ad"]
ODD_MOMENTS = [
    "20250601", "20250601.0", "20250631", "2025060", "202506011", "20250601 10:00:00",
    "1748772000", "1748772000.0", "1748772000.5", "1748772000000", "1748772000000000.",
    "1748772000000000123", "17487720000", "99999999999", "9999999999999999999", "1.748772e9",
    "-1748772000", "+1748772000", "1,748,772,000", "915148800", "946684799", "946684800",
    "2025-06-01 10:00:00 UTC", "2025-06-01T10:00:00UTC", "2025-06-01 10:00 +00:00",
    "2025-06-01 10:00:00  UTC", "2025-06-01 10:00:00 utc", "2025-06-01 10:00:00.123456789 +0530",
    "2025-06-01 10:00:00.1234567890", "2025-06-01 UTC", "2025-06-01T24:00:00", "20250601T100000",
    "\u00a02025-06-01\u00a0", "\u200b2025-06-01 10:00:00\ufeff", "\u2060", "2025-06-01\x1f",
    "1999-12-31T23:59:59.999999", "2000-01-01", "1999-12-31T20:00:00-04:00", "0001-01-01",
    "9999-12-31", "2099-06-01", "\u0662\u0660\u0662\u0665-06-01",
    "2025-06-01T10:00", "2025-06-01T10:00:00+0530", "2025-06-01 10:00:00+05", " 2025-06-01 ",
    "2025-06-01T23:59:59.999999Z", "2025-06-01T10:00:00.1-00:00", "2025-02-29", "2025-06-01T25:00",
    "infinity", "now", "2025/06/01", "2025-6-1", "2025-06-01 10:00:00 Europe/Berlin",
]  # fmt: skip
ODD_AMOUNTS = [
    "\u00a07\u2009", "1_000", "0x1F", "0b11", "\u0661\u0662", "--5", "1e", "5 5",
    ".5", "5.", "+5", "-0", " 7 ", "1E2", "-1e-2", "$5", "1,000.00", "Infinity", "NaN",
    "999999999999.99", "-999999999999.99", "1e12", "-1e12", "1e14", "1e300",
]  # fmt: skip


# When an event happened, after it was loaded.
LOADED_BEFORE = [
    "2025-06-01 00:00:00", "2025-05-30", "2025-05-29 23:59:59.999999", "2025-05-01", "1748563200",
    "2026-01-01", "?", None,
]  # fmt: skip
ODD_STATUSES = [
    "Canceled", " wc-cancelled ", "VOIDED", "incomplete_expired", "Closed Lost", "chargeback",
    "wc-refunded", "on-hold", "authorized", "paid", "partially_refunded", "refunded", "half paid",
]  # fmt: skip
ODD_KEYS = ["\u00a0k\u00a0", "k\u200b", "\u2003", "K", "a\u00a0b", "\ufeffk2", "\x1fk", "\u00e9"]


def odd_world():
    """One row for each odd page, referrer, tag, moment, amount, status and key."""
    sessions = [
        *({"landing_url": page} for page in ODD_PAGES),
        *({"referrer_url": referrer} for referrer in ODD_REFERRERS),
        *({"landing_url": page, "referrer_url": referrer} for page, referrer in OWN_SITES),
        *({"utm_source": source, "utm_medium": medium} for source, medium in ODD_TAGS),
        *({"utm_source": "made-up", "utm_campaign": campaign} for campaign in ODD_CAMPAIGNS),
        *({"started_at": moment, "loaded_at": "2025-06-02"} for moment in ODD_MOMENTS),
        *({"ended_at": moment, "loaded_at": "2025-06-02"} for moment in ODD_MOMENTS),
        *({"loaded_at": moment} for moment in LOADED_BEFORE),
        *({"session_id": f"~odd{number}{key}"} for number, key in enumerate(ODD_KEYS)),
        *({"user_id": f"{key}~" if key.strip() else key} for key in ODD_KEYS),
    ]
    conversions = [
        *({"value": amount} for amount in ODD_AMOUNTS),
        *({"converted_at": moment, "loaded_at": "2025-06-02"} for moment in ODD_MOMENTS),
        *({"loaded_at": moment} for moment in LOADED_BEFORE),
        *({"status": status, "value": "7"} for status in ODD_STATUSES),
        # Two shops with one order number.
        {"order_id": "~number", "user_id": "~one"},
        {"order_id": "~number", "user_id": "~two", "converted_at": "2025-06-20"},
    ]
    return {
        "sessions": [
            {
                "session_id": f"~s{number}",
                "visitor_id": f"~v{number}",
                "started_at": "2025-06-01",
                "consent_state": "granted",
                **session,
            }
            for number, session in enumerate(sessions)
        ],
        "conversions": [
            {
                "conversion_id": f"~c{number}",
                "visitor_id": f"~v{number}",
                "conversion_type": "lead",
                "converted_at": "2025-06-01 12:00:00",
                **conversion,
            }
            for number, conversion in enumerate(conversions)
        ],
        "interactions": [
            {
                "interaction_id": f"~i{number}",
                "visitor_id": f"~v{number}",
                "touched_at": "2025-06-01 08:00:00",
                "interaction_type": "call",
                **interaction,
            }
            for number, interaction in enumerate(
                [
                    *({"touched_at": moment, "loaded_at": "2025-06-02"} for moment in ODD_MOMENTS),
                    *({"loaded_at": moment} for moment in LOADED_BEFORE),
                    *({"is_bot": word} for word in ["TRUE", "y", "1", "no", "F", "maybe", ""]),
                ]
            )
        ],
        "ad_clicks": [
            dict(zip(["parameter", "click_id", "utm_campaign", "loaded_at"], row))
            for row in [
                ("gclid", "~1", "Brand%20Search", "2025-06-01"),
                ("gclid", "~1", "brand+new", "2025-06-02"),
                (" gclid", "~1\u00a0", "older", "2025-05-02"),
                ("gclid", "~2", "\u00a0", None),
                ("gclid", " ", "x", None),
                (None, "~3", "x", None),
                ("msclkid", "~1", "y", "soon"),
            ]
        ],
    }


def crowd_world():
    """Keys with exactly as many neighbours as the default limits allow, and with one more."""
    crowds = [("visitor", "user", 10), ("email", "visitor", 1000)]
    raw = {"sessions": [], "conversions": [], "identity_links": []}
    for hub_type, spoke_type, limit in crowds:
        for neighbours in (limit, limit + 1):
            name = f"~{hub_type}{neighbours}"
            hub = f"{name}@x.com" if hub_type == "email" else name
            spokes = [f"{name}-{number}" for number in range(neighbours)]
            raw["identity_links"] += [
                {
                    "left_type": hub_type,
                    "left_id": hub,
                    "right_type": spoke_type,
                    "right_id": spoke,
                }
                for spoke in spokes
            ]
            column = {"visitor": "visitor_id", "email": "email", "user": "user_id"}
            both = {column[hub_type]: hub, column[spoke_type]: spokes[1]}
            for number, keys in enumerate([{column[spoke_type]: spokes[0]}, both]):
                raw["sessions"].append(
                    {"session_id": f"{name}-{number}", "started_at": "2025-06-01", **keys}
                )
            raw["conversions"].append(
                {
                    "conversion_id": name,
                    "conversion_type": "purchase",
                    "converted_at": "2025-06-02",
                    column[hub_type]: hub,
                }
            )
    return raw


def draw_worlds(number, seed):
    """`number` worlds, the same for the same seed."""
    return draw_many(worlds(), number, seed)


def draw_many(strategy, number, seed):
    """`number` values of a strategy, the same for the same seed."""
    drawn = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategy)
    def collect(value):
        drawn.append(value)

    collect()
    return drawn


def pack(drawn, shared=SHARED):
    """All worlds as one raw folder's tables; each world's ids get a prefix of their own."""
    raw = {table: list(rows) for table, rows in shared.items()}
    for number, world in enumerate([balanced_world(), odd_world(), crowd_world(), *drawn]):
        for table, rows in world.items():
            raw.setdefault(table, []).extend(prefixed(row, f"w{number:03}-") for row in rows)
    return raw


def prefixed(row, prefix):
    return {
        column: value.replace("~", prefix) if column in ID_COLUMNS and value else value
        for column, value in row.items()
    }
