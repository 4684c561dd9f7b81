"""The whole way: the tables of five tools of one made-up firm become the paths that people expect.

A coffee roastery has GA4 on its site, sells with Shopify, advertises with Google Ads, mails with
Klaviyo and keeps its trade customers in HubSpot. Ann comes by an ad on 1 April, by a mail on
the 5th, and straight to the shop on the 7th, where she logs in and buys. She becomes a lead on the
20th and closes a deal on 10 May. GA4 knows her by cookie 700.1, Shopify as customer 7, Klaviyo as
profile k7, HubSpot as contact 51.
"""

import duckdb
import pytest
from conftest import ROOT
from consumer import WITHOUT_TESTS, Consumer

pytest_plugins = ["installed"]

TOOLS = {
    "ga4": {"user_ids": "shopify"},
    "shopify": {},
    "google_ads": {},
    "klaviyo": {},
    "hubspot": {},
}


@pytest.fixture(scope="module")
def made(tmp_path_factory, packages_with_adapters):
    """Runs SQL on what the package made of the five tools' tables."""
    firm = Consumer(tmp_path_factory.mktemp("whole_way"), packages_with_adapters)
    firm.configure(vars={"adapters": TOOLS})
    tables = {"ATTRIBUTION_RAW_DIR": str(ROOT / "integration_tests/whole_way")}
    firm.dbt("build", *WITHOUT_TESTS, "--select", "+package:assisted_conversions", env=tables)
    with duckdb.connect(str(firm.db_path), read_only=True) as connection:
        yield lambda sql: connection.sql(sql).fetchall()


def test_each_conversion_is_counted_once_and_less_its_refund(made):
    """The browser sent the purchase twice; shop and analytics share its order; a deal was lost."""
    assert made(
        "select conversion_key, conversion_type, cast(converted_at as varchar),"
        " cast(conversion_value as double) from marts.fct_conversions order by converted_at"
    ) == [
        ("backend:shopify:1001", "purchase", "2026-04-07 20:10:00", 100),
        ("crm:hubspot:lead:51", "lead", "2026-04-20 10:00:00", 0),
        ("crm:hubspot:deal:D1", "enterprise_deal", "2026-05-10 15:00:00", 5000),
    ]


def test_four_tools_know_one_person(made):
    assert made("select count(distinct person_id) from marts.fct_conversions") == [(1,)]


@pytest.mark.parametrize("conversion_type", ["purchase", "lead", "enterprise_deal"])
def test_the_path_is_ad_then_mail_then_direct(made, conversion_type):
    """The ad's campaign is known by its click id; a click in a mail and its visit are one touch."""
    assert made(
        "select cast(touched_at as varchar), channel, campaign"
        " from marts.fct_conversion_touches inner join marts.fct_conversions using (conversion_key)"
        f" where fct_conversions.conversion_type = '{conversion_type}' order by touched_at"
    ) == [
        ("2026-04-01 09:00:00", "Paid Search", "espresso machines"),
        ("2026-04-05 18:02:00", "Email", "spring sale"),
        ("2026-04-07 20:00:00", "Direct", None),
    ]


def test_the_ad_assisted_all_three_and_cost_what_the_account_says(made):
    assert made(
        "select distinct cast(cost as double), assisted_conversions,"
        " cast(cost_per_assisted_conversion as double) from reports.rpt_channel_costs"
        " where channel = 'Paid Search' and conversion_group = '(all macro)' and period = '(all)'"
    ) == [(50, 3, pytest.approx(50 / 3))]


def test_shop_and_analytics_are_compared_by_order(made):
    assert made(
        "select web_conversions, system_conversions, matched_by_order, web_only, system_only"
        " from audits.audit_conversion_drift where conversion_type = 'purchase'"
    ) == [(1, 1, 1, 0, 0)]


def test_no_row_of_any_tool_is_rejected(made):
    assert made(
        "select sum(rows_read), sum(rows_staged), sum(rows_rejected) from audits.audit_row_counts"
    ) == [(27, 27, 0)]


def test_visits_and_clicks_are_touches_but_not_those_of_staff(made):
    """Five sessions were read, one of them from the office."""
    touches = made("select touchpoint_id from marts.fct_touchpoints")
    assert sorted(id.split("-")[0] for (id,) in touches) == [
        "interaction:klaviyo:e2",
        "session:ga4:700.1",
        "session:ga4:700.1",
        "session:ga4:700.1",
        "session:ga4:800.1",
    ]
