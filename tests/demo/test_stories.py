"""The demo's stories, and that somebody could believe its two firms."""

import pytest

MONTHS = 12
B2B_TYPES = "('lead', 'demo_request', 'trial_start', 'enterprise_deal')"
# Weeks in which something was planted; see scripts/demo_data/accidents.py and clock.py.
EVENTFUL_WEEKS = """(
    '2025-10-13', '2025-11-24', '2025-12-01', '2025-12-22', '2025-12-29', '2026-02-09', '2026-05-04'
)"""


def rows(connection, query):
    return connection.sql(query).fetchall()


def test_instagram_closes_some_50_purchases_a_month_and_assists_some_1200(demo):
    assisted, closed = rows(
        demo,
        """
        select
            count(distinct conversion_key) filter (is_assist),
            count(distinct conversion_key) filter (is_last)
        from marts.fct_assisted_conversions_by_campaign
        where source = 'instagram' and medium = 'paid_social' and conversion_type = 'purchase'
        """,
    )[0]
    assert 1_120 <= assisted / MONTHS <= 1_280
    assert 42 <= closed / MONTHS <= 58
    assert 21 <= assisted / closed <= 27


def test_paid_social_as_a_channel_tells_the_same(demo):
    ratio = rows(
        demo,
        "select assist_to_last_ratio from reports.rpt_channel_assists "
        "where conversion_group = 'purchase' and channel = 'Paid Social'",
    )[0][0]
    assert 21 <= ratio <= 27


def test_podcast_closes_nothing_and_assists_35_percent_of_enterprise_deals(demo):
    closed, assist_rate, deals = rows(
        demo,
        """
        select last_conversions, assist_rate, assisted_conversions / assist_rate
        from reports.rpt_channel_assists
        where conversion_group = 'enterprise_deal' and channel = 'Audio'
        """,
    )[0]
    assert closed == 0
    assert 0.31 <= assist_rate <= 0.39
    assert deals > 200


def test_content_opens_b2b_journeys_that_email_closes(demo):
    opened, closed = rows(
        demo,
        f"""
        select
            avg((first_channel = 'Organic Search')::int),
            avg((last_channel = 'Email')::int) filter (first_channel = 'Organic Search')
        from marts.fct_conversions
        where conversion_type in {B2B_TYPES} and is_attributed
        """,
    )[0]
    assert opened >= 0.55
    assert closed >= 0.55


def test_direct_mostly_closes(demo):
    found = rows(
        demo,
        """
        select channel, assist_to_last_ratio from reports.rpt_channel_assists
        where conversion_group = '(all macro)' and channel not like '(%'
        order by last_conversions desc
        """,
    )
    channel, ratio = found[0]
    assert channel == "Direct"
    assert ratio < 0.4


def test_platforms_claim_half_as_much_again(demo):
    claimed, took_part = rows(
        demo,
        """
        select
            (
                select sum(claimed_conversions) from staging.stg_platform_claims
                where platform = 'instagram' and conversion_type = 'purchase'
            ),
            (
                select count(distinct conversion_key)
                from marts.fct_assisted_conversions_by_campaign
                where
                    source = 'instagram' and medium = 'paid_social'
                    and conversion_type = 'purchase'
            )
        """,
    )[0]
    assert 1.35 <= claimed / took_part <= 1.7


# A year that somebody could believe


def test_most_visits_and_journeys_lead_nowhere(demo):
    sessions, conversions, journeys = rows(
        demo,
        """
        select
            (select count(*) from staging.stg_sessions),
            (select count(*) from marts.fct_conversions where conversion_class = 'macro'),
            (
                select sum(journeys) from reports.rpt_path_clusters
                where conversion_group = '(all macro)'
            )
        """,
    )[0]
    assert sessions > 300_000
    assert 0.02 <= conversions / sessions <= 0.06
    assert conversions / journeys < 0.25


def test_no_type_of_journey_converts_nearly_always(demo):
    found = rows(
        demo,
        "select cluster_name, conversion_rate from reports.rpt_path_clusters where journeys >= 100",
    )
    assert len(found) > 15
    assert max(rate for _, rate in found) < 0.45


def test_two_channels_don_t_hold_all_conversions(demo):
    effect = rows(
        demo,
        "select max(removal_effect) from reports.rpt_channel_removal where cut_share = 1",
    )[0][0]
    assert 0.3 < effect < 0.65


def test_sundays_are_busy_and_so_are_the_weeks_before_christmas(demo):
    purchases = "from marts.fct_conversions where conversion_type = 'purchase'"
    by_day = dict(rows(demo, f"select isodow(conversion_date), count(*) {purchases} group by all"))
    assert by_day[7] > 1.15 * by_day[2]
    by_month = dict(rows(demo, f"select month(conversion_date), count(*) {purchases} group by all"))
    assert by_month[12] > 1.3 * by_month[1]


def test_seasonal_channels_are_quiet_out_of_season(demo):
    in_season = rows(
        demo,
        "select avg((month(touched_at) between 9 and 12)::int) from marts.fct_touchpoints "
        "where channel = 'Display' and touch_type = 'session'",
    )[0][0]
    # Journeys of buyers are planned by day, and some visits come later.
    assert in_season > 0.98


def test_one_campaign_costs_money_and_wins_nothing(demo):
    cost, conversions, visits = rows(
        demo,
        """
        select
            sum(cost),
            sum(conversions),
            (select count(*) from marts.fct_touchpoints where source = 'tiktok')
        from reports.rpt_campaign_assists
        where source = 'tiktok' and conversion_group = 'purchase'
        """,
    )[0]
    assert cost > 3_000
    assert conversions == 0
    assert visits > 500


def test_lift_tests_are_used_but_for_the_one_that_reaches_before_the_data(demo):
    found = dict(rows(demo, "select test_id, reason from audits.audit_lift_tests"))
    assert len(found) > 5
    assert {test: reason for test, reason in found.items() if reason} == {
        "email-pilot": "outside_data"
    }


def test_affiliates_move_from_closing_to_assisting(demo):
    found = rows(
        demo,
        "select week_start_date::text from reports.rpt_assist_trends "
        "where conversion_group = 'purchase' and channel = 'Affiliates' and is_role_shift",
    )
    assert len(found) == 1
    assert "2026-02-16" <= found[0][0] <= "2026-03-23"


def test_the_outage_shows_in_volumes_and_in_drift(demo):
    channels = rows(
        demo,
        "select count(distinct channel) from reports.rpt_assist_trends "
        "where week_start_date = '2026-02-09' and is_volume_anomaly",
    )[0][0]
    assert channels >= 3
    days = {
        day
        for (day,) in rows(
            demo,
            "select conversion_date::text from audits.audit_conversion_drift "
            "where conversion_type = 'purchase' and is_flagged",
        )
    }
    planted = {f"2026-02-{day}" for day in ("09", 10, 11, 12, 13)} | {
        f"2026-05-{day:02d}" for day in range(4, 11)
    }
    assert planted <= days
    assert len(days - planted) <= 6


def test_web_and_backend_agree_to_a_few_percent_over_the_year(demo):
    drift = rows(
        demo,
        "select sum(web_conversions) / sum(system_conversions) - 1 "
        "from audits.audit_conversion_drift where conversion_type = 'purchase'",
    )[0][0]
    assert abs(drift) < 0.05


def test_lost_tags_are_flagged_on_their_first_day(demo):
    days = [
        day
        for (day,) in rows(
            demo,
            "select touch_date::text from audits.audit_tracking_quality "
            "where check_name = 'direct' and is_flagged order by touch_date",
        )
    ]
    assert days[0] == "2025-10-14"
    assert all("2025-10-14" <= day <= "2025-10-16" for day in days)


def test_misspelt_media_get_a_suggestion(demo):
    suggestions = {
        suggestion
        for (suggestion,) in rows(demo, "select suggestion from audits.audit_unmapped_traffic")
    }
    assert {"medium_aliases: emal,email", "medium_aliases: afiliate,affiliate"} <= suggestions


@pytest.mark.parametrize("column", ["is_anomaly", "is_volume_anomaly", "is_change_point"])
def test_quiet_weeks_raise_hardly_an_alarm(demo, column):
    weeks, alarms = rows(
        demo,
        f"""
        select count(*), count(*) filter ({column})
        from reports.rpt_assist_trends
        where
            is_judged
            and channel not in ('Affiliates', 'Display', 'SMS')
            and week_start_date not in {EVENTFUL_WEEKS}
        """,
    )[0]
    assert weeks > 3_000
    assert alarms / weeks < 0.003
