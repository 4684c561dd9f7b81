"""The figures of the README and of docs/metrics.md are those of the demo."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = " ".join((ROOT / "README.md").read_text().split())
METRICS = " ".join((ROOT / "docs/metrics.md").read_text().split())
PURCHASES = "from reports.rpt_channel_assists where conversion_group = 'purchase'"
INSTAGRAM = """
    from marts.fct_assisted_conversions_by_campaign
    where source = 'instagram' and medium = 'paid_social' and conversion_type = 'purchase'
"""
B2B = "('lead', 'demo_request', 'trial_start', 'enterprise_deal')"
GUIDE = """
    from reports.rpt_content_assists
    where
        conversion_group = 'lead' and level = 'landing_page'
        and value like '%/guides/performance-reviews'
"""


def row(demo, query):
    (found,) = demo.sql(query).fetchall()
    return found


def percent(share, digits=0):
    return f"{100 * share:.{digits}f} %"


@pytest.mark.parametrize("channel", ["Direct", "Email", "Paid Search", "Paid Social"])
def test_the_table_of_channels(demo, channel):
    closed, assisted, ratio = row(
        demo,
        f"select last_conversions, assisted_conversions, assist_to_last_ratio {PURCHASES} "
        f"and channel = '{channel}'",
    )
    shares = dict(
        demo.sql(
            "select attribution_model, credit_share from reports.rpt_model_comparison "
            f"where conversion_group = 'purchase' and channel = '{channel}'"
        ).fetchall()
    )
    assert (
        f"| {channel} | {closed:,} | {assisted:,} | {ratio:.1f} | "
        f"{percent(shares['last_touch'], 1)} | {percent(shares['linear'], 1)} |"
    ) in README


def test_sessions_and_purchases(demo):
    sessions = row(demo, "select count(*) from staging.stg_sessions")[0]
    purchases = row(demo, f"select conversions {PURCHASES} and channel = '(total)'")[0]
    assists = row(demo, f"select sum(assisted_conversions) {PURCHASES} and channel not like '(%'")[
        0
    ]
    assert f"about {round(sessions, -4):,} sessions" in README
    assert f"had {purchases:,} purchases" in README
    assert f"sum to {assists:,} over all channels, for {purchases:,} purchases" in METRICS


def test_instagram(demo):
    assisted, closed = row(
        demo,
        "select count(distinct conversion_key) filter (is_assist), "
        f"count(distinct conversion_key) filter (is_last) {INSTAGRAM}",
    )
    assert f"close {closed / 12:.0f} purchases a month and assist {assisted / 12:,.0f}" in README
    per_close, per_assist = row(
        demo,
        f"select cost_per_last_conversion, cost_per_assisted_conversion {PURCHASES} "
        "and channel = 'Paid Social'",
    )
    assert f"seems to cost {per_close:.0f} USD" in README
    assert f"it assists costs {per_assist:.0f}" in README


def test_podcast(demo):
    deals, assisted, rate = row(
        demo,
        """
        select
            (select count(*) from marts.fct_conversions where conversion_type = 'enterprise_deal'),
            assisted_conversions,
            assist_rate
        from reports.rpt_channel_assists
        where conversion_group = 'enterprise_deal' and channel = 'Audio' and last_conversions = 0
        """,
    )
    assert f"won {deals} enterprise deals" in README
    assert f"closed none of them and assisted {assisted}, or {percent(rate)}" in README


def test_content_and_email(demo):
    conversions, opened, closed, by_email = row(
        demo,
        f"""
        select
            count(*),
            avg((first_channel = 'Organic Search')::int),
            avg((last_channel = 'Organic Search')::int),
            avg((last_channel = 'Email')::int) filter (first_channel = 'Organic Search')
        from marts.fct_conversions
        where conversion_type in {B2B} and is_attributed
        """,
    )
    leads = row(
        demo,
        "select conversions from reports.rpt_channel_assists "
        "where conversion_group = 'lead' and channel = '(total)'",
    )[0]
    assisted, guided = row(demo, f"select assisted_conversions, last_conversions {GUIDE}")
    assert re.search(
        rf"opened {percent(opened)} of its {conversions:,} leads.* and closed {percent(closed)}",
        README,
    )
    assert 0.6 <= by_email <= 0.72
    assert "email closed two out of three of those that search opened" in README
    assert f"assisted {assisted} of {leads} leads and closed {guided}" in README
