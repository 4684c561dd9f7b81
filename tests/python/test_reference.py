"""The reference itself, on cases small enough to solve by hand."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from conftest import ROOT
from reference import Seeds, build
from reference.channels import Traffic, lookup_forms
from reference.inputs import clean_utm, parse_amount, parse_number, parse_timestamp
from reference.paths import journey_phase

SEEDS = Seeds(ROOT / "seeds")
CHANNELS = {
    "A": {"utm_source": "made-up", "utm_medium": "affiliate"},
    "B": {"utm_source": "made-up", "utm_medium": "banner"},
    "C": {"utm_source": "made-up", "utm_medium": "sms"},
    "D": {},
}
NAMES = {"A": "Affiliates", "B": "Display", "C": "SMS", "D": "Direct"}


def world(path, days=None, converted_at="2025-06-30", **conversion):
    """A person with one session per letter, on the given days of June, and a purchase."""
    days = days or range(1, len(path) + 1)
    return {
        "sessions": [
            {
                "session_id": str(number),
                "visitor_id": "v",
                "started_at": f"2025-06-{day:02}",
                "engaged_seconds": "60",
                **CHANNELS[letter],
            }
            for number, (letter, day) in enumerate(zip(path, days, strict=True))
        ],
        "conversions": [
            {
                "conversion_id": "c",
                "visitor_id": "v",
                "conversion_type": "purchase",
                "converted_at": converted_at,
                "value": "100",
                **conversion,
            }
        ],
    }


def only(rows):
    (row,) = rows
    return row


def roles_of(path, settings=None):
    rows = build(world(path), SEEDS, settings)["fct_assisted_conversions"]
    letters = {name: letter for letter, name in NAMES.items()}
    roles = ["is_assist", "is_assist_only", "is_last", "is_first", "is_nurture", "is_sole"]
    return {letters[row["channel"]]: {role[3:] for role in roles if row[role]} for row in rows}


@pytest.mark.parametrize(
    ("path", "due"),
    [
        ("A", {"A": {"last", "first", "sole"}}),
        ("AA", {"A": {"assist", "last", "first"}}),
        ("AB", {"A": {"assist", "assist_only", "first"}, "B": {"last"}}),
        (
            "ABA",
            {"A": {"assist", "last", "first"}, "B": {"assist", "assist_only", "nurture"}},
        ),
        (
            "AABC",
            {
                "A": {"assist", "assist_only", "first", "nurture"},
                "B": {"assist", "assist_only", "nurture"},
                "C": {"last"},
            },
        ),
    ],
)
def test_roles(path, due):
    assert roles_of(path) == due


@pytest.mark.parametrize(
    ("rules", "path", "due"),
    [
        ({}, "ADA", "ADA"),
        ({"drop_if_other": ["Direct"]}, "DADD", "A"),
        ({"drop_if_other": ["Direct"]}, "DD", "DD"),
        ({"drop_last_if_other": ["Direct"]}, "DADD", "DA"),
        ({"drop_last_if_other": ["Direct", "SMS"]}, "DCD", "DCD"),
        ({"collapse_repeats": True}, "AABBA", "ABA"),
        ({"first_occurrence_only": True}, "AABCA", "ABC"),
        ({"max_touches": 2}, "ABCD", "CD"),
        ({"drop_last_if_other": ["Direct"], "max_touches": 2}, "ABCD", "BC"),
    ],
)
def test_path_rules(rules, path, due):
    conversion = only(build(world(path), SEEDS, {"path_rules": rules})["fct_conversions"])
    assert conversion["path"] == " > ".join(NAMES[letter] for letter in due)


@pytest.mark.parametrize(
    ("model", "path", "stages", "due"),
    [
        ("first_paid_touch", "CABC", {}, [0, 1, 0, 0]),
        ("last_paid_touch", "CABC", {}, [0, 0, 1, 0]),
        ("first_paid_touch", "CCD", {}, [1, 0, 0]),
        ("last_paid_touch", "CCD", {}, [0, 0, 1]),
        ("linear", "AB", {}, [0.5, 0.5]),
        ("last_non_direct", "ADD", {}, [1, 0, 0]),
        ("last_non_direct", "DD", {}, [0, 1]),
        ("position_based", "ABCD", {}, [0.4, 0.1, 0.1, 0.4]),
        ("j_shaped", "AB", {}, [0.25, 0.75]),
        ("inverse_j", "AB", {}, [0.75, 0.25]),
        ("time_decay", "AB", {}, [1 / (1 + 2 ** (1 / 7)), 2 ** (1 / 7) / (1 + 2 ** (1 / 7))]),
        ("w_shaped", "ABCD", {}, [0.4, 0.1, 0.1, 0.4]),
        ("w_shaped", "ABCD", {"lead": 2, "opportunity": 4}, [0.3, 0.3, 0.1, 0.3]),
        ("w_shaped", "ABCD", {"lead": 1, "opportunity": 1}, [0.9, 1 / 30, 1 / 30, 1 / 30]),
        ("w_shaped", "ABC", {"lead": 2, "opportunity": 3}, [1 / 3, 1 / 3, 1 / 3]),
        ("w_shaped", "ABC", {"lead": 2}, [0.3 / 0.7, 0.3 / 0.7, 0.1 / 0.7]),
        ("w_shaped", "ABC", {"lead": 31, "opportunity": 2}, [0.3, 0.3, 0.3]),
        ("full_path", "ABCD", {"lead": 2, "opportunity": 3}, [0.25, 0.25, 0.25, 0.25]),
        ("full_path", "ABCD", {"lead": 2, "opportunity": 4}, [0.225, 0.225, 0.1, 0.45]),
        ("full_path", "A", {"lead": 2}, [1]),
    ],
)
def test_credits(model, path, stages, due):
    raw = world(path) | {
        "crm_stages": [
            {
                "conversion_id": "c",
                "stage": stage,
                "entered_at": f"2025-06-{day:02}" if day < 31 else "2025-07-01",
            }
            for stage, day in stages.items()
        ]
    }
    rows = build(raw, SEEDS)["fct_conversion_touches"]
    weights = [weight / sum(due) for weight in due]
    assert [row[f"credit_{model}"] for row in rows] == pytest.approx(weights)


@pytest.mark.parametrize(
    ("converted_at", "length"),
    [("2025-08-30T00:00", 1), ("2025-08-30T00:00:00.000001", 0), ("2025-06-01T00:00", 1)],
)
def test_window_is_closed_at_both_ends(converted_at, length):
    row = only(build(world("A", converted_at=converted_at), SEEDS)["fct_conversions"])
    assert row["path_length"] == length


@pytest.mark.parametrize(
    ("converted_at", "length"),
    [("2025-11-02T04:00", 1), ("2025-11-02T05:00", 1), ("2025-11-03T12:00", 0)],
    ids=["first_midnight", "second_midnight", "next_day"],
)
def test_calendar_window_opens_at_the_first_of_two_midnights(converted_at, length):
    raw = world("A", converted_at=converted_at, conversion_type="micro")
    raw["sessions"][0]["started_at"] = "2025-11-02T04:00"
    settings = {"window_mode": "calendar", "reporting_timezone": "America/Havana"}
    seeds = Seeds(ROOT / "seeds")
    seeds.conversion_types["micro"] = seeds.conversion_types["purchase"] | {"lookback_days": 1}
    assert only(build(raw, seeds, settings)["fct_conversions"])["path_length"] == length


@pytest.mark.parametrize(
    ("value", "rate", "due"),
    [
        ("999999999999.9999", None, "999999999999.9999"),
        ("999999999999.99995", None, "0"),
        ("-1e12", None, "0"),
        ("1e300", None, "0"),
        ("249999999999.9999", "4", "999999999999.9996"),
        ("-250000000000", "4", "0"),
    ],
)
def test_a_value_that_is_too_large_counts_as_none(value, rate, due):
    raw = world("A", value=value, currency_code=rate and "EUR")
    raw["exchange_rates"] = [{"rate_date": "2025-01-01", "currency_code": "EUR", "rate": rate}]
    assert only(build(raw, SEEDS)["fct_conversions"])["conversion_value"] == Decimal(due)


def test_spend_that_is_too_large_is_rejected():
    spend = {"spend_date": "2025-06-01", "utm_source": "a", "utm_medium": "b"}
    raw = {
        "exchange_rates": [{"rate_date": "2025-01-01", "currency_code": "EUR", "rate": "4"}],
        "ad_spend": [
            spend | {"cost": "1e12"},
            spend | {"cost": "25e10", "currency_code": "EUR"},
            spend | {"cost": "-25e10", "currency_code": "EUR"},
        ],
    }
    reasons = [row["reason"] for row in build(raw, SEEDS)["audit_rejected_rows"]]
    assert reasons == ["bad_number"] * 3


def test_source_systems_with_a_colon_have_keys_of_their_own():
    raw = {"sessions": [], "conversions": [], "crm_stages": []}
    for system, number in [("crm:x", "1"), ("crm", "x:1"), ("crm%3ax", "1")]:
        own = {"source_system": system, "conversion_id": number}
        raw["conversions"] += world("", visitor_id=system, **own)["conversions"]
        raw["crm_stages"].append(own | {"stage": "lead", "entered_at": "2025-06-01"})
    keys = {row["conversion_key"] for row in build(raw, SEEDS)["fct_conversions"]}
    assert keys == {"crm%3ax:1", "crm:x:1", "crm%253ax:1"}


def test_journey_phases():
    phases = {n: "".join(journey_phase(p, n)[0] for p in range(1, n + 1)) for n in (1, 2, 3, 4, 6)}
    assert phases == {1: "l", 2: "el", 3: "eml", 4: "emml", 6: "eemmll"}


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Summer+Sale%202025 ", "summer sale 2025"),
        ("100%", "100%"),
        ("100%25", "100%"),
        ("a%2520b", "a b"),
        ("%25252541", "%41"),
        ("caf%E9%20%41", "caf%e9 a"),
        ("{{campaign.name}}", None),
        ("[de] boots [brand]", "[de] boots [brand]"),
        ("undefined", None),
        ("for jo@x.example", "for (e-mail)"),
        (" + ", None),
        ("caf%C3%A9", "café"),
        ("x" * 600, "x" * 500),
    ],
)
def test_utm_cleaning(raw, clean):
    assert clean_utm(raw) == clean


def test_values():
    assert str(parse_timestamp("2025-06-01T01:00:00+02:00")) == "2025-05-31 23:00:00"
    assert str(parse_timestamp("2025-06-01")) == "2025-06-01 00:00:00"
    assert parse_timestamp("2025-02-30") is None
    assert parse_amount("1e12") is None
    assert parse_amount(" 12.5 ") == Decimal("12.5")
    assert [parse_number(text) for text in ["12,5", "nan", "inf", "", " 1e3 "]] == [None] * 4 + [
        1000
    ]


@pytest.mark.parametrize(
    ("source", "medium", "campaign", "channel"),
    [
        ("facebook", "cpm", None, "Paid Social"),
        ("made-up", "social_paid", None, "Unassigned"),
        ("made-up", "remarketing", None, "Unassigned"),
        ("made-up", "tcp", None, "Paid Other"),
        ("made-up", "(not set)", "workshop", "Unassigned"),
        ("made-up", "(not set)", "eshop", "Organic Shopping"),
        ("alibaba", "(not set)", None, "Organic Shopping"),
        ("chatgpt.com", "referral", None, "AI Assistant"),
        ("(direct)", "(none)", None, "Direct"),
        ("google", "cpc", None, "Paid Search"),
        ("mail.google.com", "(not set)", None, "Email"),
        ("emailing.com", "referral", None, "Referral"),
    ],
)
def test_channels(source, medium, campaign, channel):
    assert Traffic(SEEDS).channel(source, medium, campaign) == channel


@pytest.mark.parametrize(
    ("source", "forms", "name"),
    [
        ("www.google.co.uk", ["www.google.co.uk", "google.co.uk", "google"], "google"),
        ("l.facebook.com", ["l.facebook.com", "facebook.com", "facebook"], "facebook"),
        ("de.search.yahoo.com", ["de.search.yahoo.com", "yahoo.com", "yahoo"], "yahoo"),
        ("www.mail.google.com", ["www.mail.google.com", "mail.google.com"], None),
        ("t.co", ["t.co", "t.co", "t"], "t"),
        ("www.co.uk", ["www.co.uk", "www.co.uk", "www"], "www"),
        ("google", ["google"], None),
    ],
)
def test_forms_of_a_source(source, forms, name):
    assert lookup_forms(source) == (forms, name)


def test_rows_of_a_kiosk_without_a_key_are_a_person_of_the_device():
    raw = world("AB")
    raw["identity_links"] = [
        {"left_type": "visitor", "left_id": "v", "right_type": "user", "right_id": f"u{number}"}
        for number in range(11)
    ]
    raw["sessions"][1] |= {"user_id": "u3"}
    tables = build(raw, SEEDS)
    kiosk = only(tables["audit_shared_keys"])
    assert (kiosk["identity_key"], kiosk["kind"], kiosk["persons"]) == ("visitor:v", "kiosk", 11)
    assert only(tables["fct_conversions"])["path"] == NAMES["A"]
    assert {row["person_id"] for row in tables["fct_touchpoints"]} == {"visitor:v", "user:u3"}


def paths_of_two(**settings):
    """Paths of alice and bob, who use one device one after the other."""
    raw = world("ABCA")
    for row, hour, user in zip(raw["sessions"], [8, 33, 56, 81], [None, "alice", None, "bob"]):
        started_at = datetime(2025, 6, 1) + timedelta(hours=hour)
        row |= {"user_id": user, "started_at": started_at.isoformat()}
    raw["conversions"] = [
        {"conversion_id": user, "user_id": user, "conversion_type": "purchase",
         "converted_at": converted_at}
        for user, converted_at in [("alice", "2025-06-02 10:05"), ("bob", "2025-06-04 10:05")]
    ]  # fmt: skip
    rows = build(raw, SEEDS, settings)["fct_conversions"]
    return {row["conversion_id"]: row["path"] for row in rows}


def test_two_users_of_one_device_have_paths_of_their_own():
    a, b, c = (NAMES[letter] for letter in "ABC")
    assert paths_of_two() == {"alice": f"{a} > {b}", "bob": f"{c} > {a}"}
    merged = paths_of_two(shared_devices="merge")
    assert merged == {"alice": f"{a} > {b}", "bob": f"{a} > {b} > {c} > {a}"}


def test_journeys_break_at_gaps_and_conversions():
    raw = world("ABC", days=[1, 2, 20], converted_at="2025-06-10", conversion_type="product_view")
    raw["sessions"].append(raw["sessions"][0] | {"session_id": "end", "visitor_id": "end",
                                                 "started_at": "2026-06-01"})  # fmt: skip
    settings = {"journey_conversion_types": ["product_view"]}
    journeys = build(raw, SEEDS, settings)["fct_non_converting_journeys"]
    assert {(row["conversion_group"], row["path_length"]) for row in journeys} == {
        ("(all macro)", 3),
        ("product_view", 2),
        ("product_view", 1),
    }
