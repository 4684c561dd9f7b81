"""Channels, end to end: each case is one raw row, and what is due for it stands in the same line.

Add a case as a line of channel_cases.csv: its id says the rule, `kind` names the raw table, the
last five columns are what the touch must get.
"""

import csv
from pathlib import Path

import duckdb
import pytest
from conftest import ROOT, build_or_fail, built_once, fetch, write_csv

EXPECTED = ["source", "medium", "campaign", "traffic_evidence", "channel"]

# rule_order, source_pattern, medium_pattern, campaign_pattern, channel: the seed ships empty.
HOUSE_RULES = [
    (90, "house[.]example", "referral", None, "Email"),
    (80, None, None, "house-brand-[0-9]+", "Direct"),
    (70, "house-mix", "flyer|poster", None, "Offline"),
    (60, "house-tv|house-cinema", None, None, "Offline"),
    (50, "house-radio", None, None, "Offline"),
    (45, "house-radio", None, "spr.*", "Audio"),
    (40, "House-Podcast", None, None, "Audio"),
]

# What an ad platform knows of some clicks.
AD_CLICKS = [
    {"parameter": "gclid", "click_id": "Known1", "utm_campaign": "Brand", "utm_term": "shoes"},
    {"parameter": "gclid", "click_id": "a+b%25", "utm_campaign": "decoded"},
    {"parameter": "gclid", "click_id": "Video", "utm_source": "YouTube.com", "utm_medium": "cpv",
     "utm_campaign": "spots"},
    {"parameter": "gclid", "click_id": "Demand", "utm_medium": "DemandGen"},
    {"parameter": "msclkid", "click_id": "Twice", "utm_campaign": "old", "loaded_at": "2026-03-01"},
    {"parameter": "msclkid", "click_id": "Twice", "utm_campaign": "new", "loaded_at": "2026-03-02"},
    {"parameter": "gclid", "click_id": "", "utm_campaign": "rejected"},
]  # fmt: skip

TOUCHES = """
    select
        regexp_replace(touchpoint_id, '^(session|interaction):', '') as case_id,
        source, medium, campaign, traffic_evidence, channel
    from marts.fct_touchpoints
    union all
    select
        ad_spend.utm_campaign,  -- such a case's campaign is its id
        traffic.source, traffic.medium, traffic.campaign, traffic.traffic_evidence, traffic.channel
    from staging.stg_ad_spend as ad_spend
    inner join intermediate.int_traffic_sources as traffic using (traffic_key)
    where starts_with(ad_spend.utm_campaign, 'spend_')
"""


def read_rows(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


CASES = {case["case_id"]: case for case in read_rows(Path(__file__).parent / "channel_cases.csv")}


def raw_tables():
    """Every case as a row of its own table, keyed by the case's id."""
    keys = {
        "session": {"started_at": "2026-03-01 12:00:00"},
        "interaction": {"touched_at": "2026-03-01 12:00:00"},
        "ad_spend": {"spend_date": "2026-03-01", "cost": 1},
    }
    tables = {kind: [] for kind in keys}
    for case in CASES.values():
        identity = {"visitor_id": case["case_id"], f"{case['kind']}_id": case["case_id"]}
        inputs = {name: value for name, value in case.items() if name not in EXPECTED}
        tables[case["kind"]].append(identity | keys[case["kind"]] | inputs)
    return {
        "sessions": tables["session"],
        "interactions": tables["interaction"],
        "ad_spend": tables["ad_spend"],
        "ad_clicks": AD_CLICKS,
        "conversions": [
            {
                "conversion_id": "c1",
                "visitor_id": "v1",
                "conversion_type": "purchase",
                "converted_at": "2026-03-02",
            }
        ],
    }


def build_cases(folder):
    """The seeds, the house's own rules among them, then what is made of the cases."""
    raw_dir, db_path = write_csv(folder / "raw", raw_tables()), folder / "attribution.duckdb"
    build_or_fail(raw_dir, db_path, "--resource-type", "seed")
    with duckdb.connect(str(db_path)) as connection:
        connection.executemany(
            "insert into seeds.channel_overrides values (?, ?, ?, ?, ?)", HOUSE_RULES
        )
    build_or_fail(
        raw_dir, db_path, "--select", "+fct_touchpoints", "+audit_ignored_values",
        "--exclude-resource-type", "seed", "--exclude-resource-type", "test",
    )  # fmt: skip


@pytest.fixture(scope="session")
def cases_db(shared_folder):
    return built_once(shared_folder, "channel_cases", build_cases)


@pytest.fixture(scope="session")
def touches(cases_db):
    """What the models made of each case, by its id."""
    return {touch["case_id"]: touch for touch in fetch(cases_db, TOUCHES)}


@pytest.mark.parametrize("case_id", CASES)
def test_channel(case_id, touches):
    assert {name: touches[case_id][name] or "" for name in EXPECTED} == {
        name: CASES[case_id][name] for name in EXPECTED
    }


def test_every_case_has_its_own_id_and_there_are_at_least_150():
    assert len(read_rows(Path(__file__).parent / "channel_cases.csv")) == len(CASES) >= 150


def test_the_cases_reach_every_channel_every_evidence_and_every_click_id():
    channels = {row["channel"] for row in read_rows(ROOT / "seeds/channels.csv")}
    assert {case["channel"] for case in CASES.values()} == channels
    evidence = {case["traffic_evidence"] for case in CASES.values()}
    assert evidence == {"utm", "click_id", "referrer", "none", "interaction"}
    for click_id in read_rows(ROOT / "seeds/click_ids.csv"):
        url = f"?{click_id['parameter']}=abc"
        assert any(url in case["landing_url"] for case in CASES.values()), url


TEMPLATES = """
    select table_name, row_key as case_id, column_name, value
    from audits.audit_ignored_values
    where column_name in ('utm_source', 'utm_medium', 'utm_campaign')
"""


def test_templates_that_nobody_filled_in_are_listed(cases_db):
    listed = {
        (row["case_id"], row["column_name"], row["value"]) for row in fetch(cases_db, TEMPLATES)
    }
    beside = "click_id_beside_templates_alone"
    assert {
        (beside, "utm_source", "{{site_source_name}}"),
        (beside, "utm_campaign", "{{campaign.name}}"),
        ("template_in_escaped_braces", "utm_campaign", "{{campaign.name}}"),
        ("template_in_spaces_around", "utm_campaign", "{{campaign.name}}"),
        ("template_in_a_column_lets_the_url_count", "utm_campaign", "{{campaign}}"),
        ("template_of_utm_lets_mtm_count", "utm_source", "{src}"),
    } <= listed
    assert {case_id for case_id, _, _ in listed} == {
        case_id for case_id in CASES if case_id.startswith("template_")
    } | {beside, "word_for_nothing_object"}


EXCLUDED = """
    select sessions.session_id as case_id
    from staging.stg_sessions as sessions
    inner join intermediate.int_traffic_sources as traffic using (traffic_key)
    where traffic.has_excluded_referrer
"""


def test_visits_from_the_own_site_and_excluded_referrers_are_told_from_direct(cases_db):
    excluded = {row["case_id"] for row in fetch(cases_db, EXCLUDED)}
    assert excluded == {
        case_id
        for case_id, case in CASES.items()
        if case["traffic_evidence"] == "none"
        and case["referrer_url"].startswith(("http://", "https://"))
    }
    assert len(excluded) > 20
