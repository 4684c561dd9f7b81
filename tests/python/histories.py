"""Made-up histories: worlds whose raw rows arrive, change and leave from batch to batch.

A history is a list of worlds, the raw tables as they stand after each batch. Many are packed into
one raw folder, as worlds are. A course holds what they share: the batches' files, settings, seeds
and the runs that die. Everything is drawn from a seed, so a failure comes back with it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import strategies as st
from reference.inputs import parse_timestamp
from worlds import (
    DAY,
    MICROSECOND,
    SHARED,
    TRAFFIC,
    conversions,
    interactions,
    kiosks,
    links,
    sessions,
    stages,
    worlds,
)

BATCHES = 5
PEOPLE = 3
FIRST_BATCH_AT = datetime(2026, 1, 5, 4)
LONG_AGO = "2025-01-01 00:00:00"
TIMES = {
    "sessions": "started_at",
    "interactions": "touched_at",
    "conversions": "converted_at",
    "crm_stages": "entered_at",
}
# Tables with a loaded_at.
LOADED = {"sessions", "interactions", "conversions", "ad_spend", "ad_clicks"}
TYPES = ["purchase", "demo_request", "enterprise_deal", "content_download", "product_view"]


@dataclass
class When:
    """A batch's number, when it is loaded, and when the world's old conversions happened."""

    batch: int
    now: datetime
    anchor: datetime


# ---------------------------------------------------------------------------- values

PERSON = {
    "visitor_id": ["~v0", "~v1", "~v2", "~v7", None],
    "user_id": ["~U0", "~U1", "~A1@x.com", None],
    "email": ["~a0@x.com", "~a1@x.com", None],
}
TAGS = {
    "utm_source": ["google", "bing", "promo-1", "promo-2", None],
    "utm_medium": ["cpc", "email", "display", None],
    "utm_campaign": ["brand search", "autumn", None],
    "consent_state": ["denied", "granted", None],
}
# What a row's column may turn into, one column at a time.
TURNS = {
    "sessions": PERSON
    | TAGS
    | {
        "engaged_seconds": ["0", "5", "60", None],
        "page_views": ["1", "3"],
        "is_bot": ["true", "false"],
        "is_internal": ["true", "false"],
        "user_agent": ["Googlebot/2.1", "Mozilla/5.0"],
        "country": ["FR", "DE"],
        "landing_url": [
            "https://shop.example/new?gclid=1",
            "https://shop.example/new?gclid=Known",
            "https://shop.example/new?utm_source={a}&msclkid=Known",
            None,
        ],
        "referrer_url": ["https://blog.shop.example/", "https://mail.google.com/", None],
    },
    "interactions": PERSON
    | TAGS
    | {
        "is_bot": ["true", "false"],
        "interaction_type": ["impression", "email_open", "call", "podcast", "fax"],
    },
    "conversions": PERSON
    | {
        "status": ["cancelled", "pending", "confirmed", "refunded", "wc-failed", "?"],
        "order_id": ["~o1", "~o2", "~o3", None],
        "conversion_type": [*TYPES, "gift"],
        "value": ["10", "75.5", "-1", None, "?"],
        "refunded_value": ["5", None],
        "currency_code": ["EUR", "GBP", "JPY", None],
        "source_system": ["crm", "web", "backend"],
        "audience": ["schools", None],
        "conversion_id": ["~c0", "~c1"],
        "converted_at": ["?", "2025-06-15 12:00:00"],
    },
    "crm_stages": {
        "stage": ["lead", "opportunity", "customer"],
        "order_id": ["~o1", "~o3", None],
        "conversion_id": ["~c0", "~c1", None],
        "source_system": ["crm", "backend", None],
        "entered_at": ["?", LONG_AGO],
    },
    "identity_links": {
        "left_id": ["~v0", "~v1"],
        "right_id": ["~v2", "~U0", "~U1"],
        "linked_at": [None, LONG_AGO, "2025-06-15 12:00:00"],
    },
    "exchange_rates": {
        "rate": ["1.15", "2.50", "n/a"],
        "rate_date": ["2025-01-01", "2025-06-15"],
        "currency_code": ["JPY", "EUR"],
    },
    "ad_spend": {
        "cost": ["3.50", "40", "-1"],
        "clicks": ["11", None],
        "utm_campaign": ["generic", "autumn"],
        "spend_date": ["2025-06-15", "2025-10-26"],
    },
    "ad_clicks": {
        "utm_campaign": ["brand search", "autumn", None],
        "utm_content": ["ad 2", None],
        "utm_medium": ["email", None],
        "click_id": ["Known", "Other", "1", " "],
    },
    "lift_tests": {"treated_conversions": ["90", "120"], "channel": ["Email", "Paid Search"]},
    "platform_claims": {"claimed_conversions": ["4", "9"]},
}

# ---------------------------------------------------------------------------- events


def rows_arrive(draw, raw, when):
    """New rows of old persons: weeks old mostly, loaded now, long ago, or nobody knows when."""
    number = 100 * when.batch + draw(st.integers(0, 3))
    anchor = draw(st.sampled_from([when.anchor, when.anchor, when.now]))
    makers = {
        "sessions": sessions(number, anchor, PEOPLE),
        "interactions": interactions(number, anchor, PEOPLE),
        "conversions": conversions(number, anchor, PEOPLE, TYPES).map(lambda row: [row]),
        "crm_stages": stages(number, anchor).map(lambda row: [row]),
    }
    table = draw(st.sampled_from(["sessions", "sessions", *makers]))
    rows = draw(makers[table])
    loaded = draw(st.sampled_from([None, "now", "long ago"]))
    for row in rows:
        moment = parse_timestamp(row[TIMES[table]])
        if table in LOADED and loaded == "now":
            row.setdefault("loaded_at", when.now.isoformat())
        elif table in LOADED and loaded and moment:
            # So long before that it is still possible, or just not.
            before = draw(st.sampled_from([DAY, 2 * DAY, 2 * DAY + MICROSECOND]))
            row.setdefault("loaded_at", (moment - before).isoformat())
    raw[table] += rows


def a_row(draw, raw, tables):
    """A row of one of those tables that has any, with the table; where none has, nothing."""
    tables = [table for table in tables if raw.get(table)]
    if not tables:
        return None, None
    table = draw(st.sampled_from(tables))
    return table, draw(st.sampled_from(raw[table]))


def row_turns(draw, raw, when):
    """A row is corrected: in place or by a second row, and marked as newer or not at all."""
    table, row = a_row(draw, raw, TURNS)
    if row is None:
        return
    column = draw(st.sampled_from(list(TURNS[table])))
    other = row | {column: draw(st.sampled_from(TURNS[table][column]))}
    if table in LOADED and draw(st.booleans()):
        other["loaded_at"] = when.now.isoformat()
        if table == "conversions":
            other["updated_at"] = other["loaded_at"]
    if draw(st.sampled_from([True, True, False])):
        raw[table].remove(row)
    raw[table].append(other)


def row_moves(draw, raw, when):
    """A row turns out to be of another time, in place."""
    table, row = a_row(draw, raw, TIMES)
    moment = row and parse_timestamp(row[TIMES[table]])
    if moment:
        shift = draw(st.sampled_from([DAY, -DAY, -20 * DAY, timedelta(minutes=45), 150 * DAY]))
        row[TIMES[table]] = (moment + shift).isoformat()


def row_repeats(draw, raw, when):
    """A loader writes an old row once more."""
    table, row = a_row(draw, raw, raw)
    if row is not None:
        raw[table].append(dict(row))


def row_vanishes(draw, raw, when):
    table, row = a_row(draw, raw, raw)
    if row is not None:
        raw[table].remove(row)


def order_gains_crm_row(draw, raw, when):
    """Months later the CRM knows of a web conversion, under its own id and value."""
    _, row = a_row(draw, raw, ["conversions"])
    if row is not None:
        row["order_id"] = row["order_id"] or "~o4"
        raw["conversions"].append(
            row
            | {
                "conversion_id": f"~crm{when.batch}",
                "source_system": "crm",
                "value": "500",
                "converted_at": when.now.isoformat(),
                "loaded_at": when.now.isoformat(),
                "updated_at": None,
            }
            | draw(st.sampled_from([{}, {"visitor_id": None, "user_id": "~U1", "email": None}]))
        )


def deal_enters_stage(draw, raw, when):
    """The CRM tells of a stage long past, by the conversion or by its order."""
    _, row = a_row(draw, raw, ["conversions"])
    if row is not None:
        names = draw(st.sampled_from([["conversion_id", "source_system"], ["order_id"]]))
        entered_at = when.anchor - draw(st.integers(0, 40)) * DAY
        raw["crm_stages"].append(
            dict.fromkeys(["conversion_id", "source_system", "order_id"])
            | {name: row.get(name) for name in names}
            | {"stage": draw(st.sampled_from(["lead", "opportunity"]))}
            | {"entered_at": entered_at.isoformat()}
        )


def persons_merge(draw, raw, when):
    raw["identity_links"].append(draw(links(PEOPLE, when.anchor)))


def key_gains_neighbours(draw, raw, when):
    """So many perhaps that it links nobody from now on."""
    raw["identity_links"] += draw(kiosks())


def key_loses_neighbours(draw, raw, when):
    raw["identity_links"] = [row for row in raw["identity_links"] if "~k" not in row["right_id"]]


def person_is_erased(draw, raw, when):
    column = draw(st.sampled_from(list(PERSON)))
    kind = column.removesuffix("_id")
    key = draw(st.sampled_from([value for value in PERSON[column] if value]))
    raw["erasure_requests"].append({"id_type": kind, "id": key})


def erasures_are_withdrawn(draw, raw, when):
    raw["erasure_requests"] = []


EVENTS = [
    *[rows_arrive] * 4, *[row_turns] * 6, row_moves, row_repeats, row_vanishes,
    order_gains_crm_row, deal_enters_stage, persons_merge, key_gains_neighbours,
    key_loses_neighbours, person_is_erased, erasures_are_withdrawn,
]  # fmt: skip


def copied(raw):
    return {table: [dict(row) for row in rows] for table, rows in raw.items()}


def world_anchor(world):
    moments = [parse_timestamp(row["converted_at"]) for row in world["conversions"]]
    return next(filter(None, moments), datetime(2025, 6, 15))


@st.composite
def histories(draw, events=EVENTS):
    """A world and what becomes of it; often nothing for a while, so that what rests is tested."""
    states = [draw(worlds())]
    anchor = world_anchor(states[0])
    for batch in range(1, BATCHES):
        when = When(batch, FIRST_BATCH_AT + 14 * batch * DAY, anchor)
        raw = copied(states[-1])
        for event in draw(st.lists(st.sampled_from(events), max_size=5)):
            event(draw, raw, when)
        states.append(raw)
    return states


# ---------------------------------------------------------------------------- what all share

EXTRA_ROWS = {
    "exchange_rates": [
        {"rate_date": "2025-02-01", "currency_code": "EUR", "rate": "1.30"},
        {"rate_date": "2024-01-01", "currency_code": "JPY", "rate": "0.01"},
        {"rate_date": "2024-01-01", "currency_code": "GBP", "rate": "1.25"},
    ],
    "ad_spend": [
        {"spend_date": "2025-06-15", "utm_source": "google", "utm_medium": "cpc", "cost": "9",
         "loaded_at": LONG_AGO},
        {"spend_date": "2025-03-01", "utm_source": "google", "utm_medium": "cpc", "cost": "1"},
        {"spend_date": "2025-12-31", "utm_source": "new", "utm_medium": "display", "cost": "5"},
    ],
    "lift_tests": [
        dict(zip(["test_id", "channel", "started_on", "ended_on", "conversion_type",
                  "treated_users", "treated_conversions", "control_users", "control_conversions"],
                 row))
        for row in [
            ("t1", "Paid Search", "2025-03-01", "2025-07-01", None, "1000", "100", "1000", "70"),
            ("t2", "Email", "2025-06-01", "2025-11-30", "purchase", "800", "40", "900", "30"),
        ]
    ],
    "ad_clicks": [
        {"parameter": "gclid", "click_id": "1", "utm_campaign": "late", "loaded_at": LONG_AGO},
        {"parameter": "fbclid", "click_id": "1", "utm_campaign": "late", "utm_term": "a"},
    ],
    "platform_claims": [
        {"claim_date": "2025-06-15", "platform": "meta", "conversion_type": "purchase",
         "claimed_conversions": "3"},
    ],
}  # fmt: skip


def shared_rows_arrive(draw, raw, when):
    table = draw(st.sampled_from(list(EXTRA_ROWS)))
    raw.setdefault(table, []).append(dict(draw(st.sampled_from(EXTRA_ROWS[table]))))


def data_end_moves(draw, raw, when):
    """Open journeys close, as nobody can still convert within their window."""
    traffic = draw(st.sampled_from(TRAFFIC))
    started_at = (when.now + draw(st.sampled_from([0, 60, 150])) * DAY).isoformat()
    raw["sessions"].append(
        {"session_id": f"end{when.batch}", "visitor_id": "end", "started_at": started_at} | traffic
    )


SHARED_EVENTS = [shared_rows_arrive, shared_rows_arrive, data_end_moves, row_turns, row_vanishes]


@st.composite
def shared_histories(draw):
    """Rates, spend, tests and the data's end, from batch to batch."""
    states = [copied(SHARED)]
    for batch in range(1, BATCHES):
        when = When(batch, FIRST_BATCH_AT + 14 * batch * DAY, FIRST_BATCH_AT)
        raw = copied(states[-1])
        for event in draw(st.lists(st.sampled_from(SHARED_EVENTS), max_size=2)):
            event(draw, raw, when)
        states.append(raw)
    return states
