"""Findings: the numbers in the sentences are those of the reports, read from these anew."""

import re
from functools import cache

import pytest
from conftest import fetch

NUMBER = re.compile(r"\d{4}-\d\d(?:-\d\d)?|[+-]?\d+(?:,\d{3})*(?:\.\d+)?")


def readable(number, decimals):
    return f"{round(float(number), 9):,.{decimals}f}"


def count(number):
    return readable(number, 0)


def percent(share):
    return readable(100 * share, 1 if share < 0.1 else 0)


def ratio(value):
    return readable(value, 2 if value < 10 else 1 if value < 100 else 0)


def price(amount):
    return readable(amount, 2)


def worth(amount):
    """What stands in brackets, if anything does."""
    return [count(amount)] if amount else []


class Reports:
    """Rows of reports by conversion group and other columns."""

    def __init__(self, db_path):
        self.table = cache(lambda name: fetch(db_path, f"from {name}"))

    def rows(self, table, group, **where):
        return [
            row
            for row in self.table(table)
            if row.get("conversion_group", group) == group
            and all(row[name] == value for name, value in where.items())
        ]

    def row(self, table, group, **where):
        (row,) = self.rows(table, group, **where)
        return row


def under_credited(reports, finding):
    row = reports.row(
        "reports.rpt_channel_assists", finding["conversion_group"], channel=finding["channel"]
    )
    assists, closes = count(row["assisted_conversions"]), row["last_conversions"]
    if not closes:
        return [assists], [assists, *worth(row["assisted_value"])]
    own = ratio(row["assist_to_last_ratio"])
    ends = [ratio(row[end]) for end in ("ratio_low", "ratio_high") if row[end] is not None]
    detail = [assists, *worth(row["assisted_value"]), count(closes), *worth(row["last_value"])]
    return [own, "1"], [*detail, own, "1", "95", *ends]


def only_introduces(reports, finding):
    row = reports.row(
        "reports.rpt_channel_assists", finding["conversion_group"], channel=finding["channel"]
    )
    assert row["introduced_conversions"] == row["conversions"]
    number = count(row["conversions"])
    return [number], [number, *worth(row["assisted_value"])]


def closer(reports, finding):
    group, channel = finding["conversion_group"], finding["channel"]
    pairs = [
        row
        for row in reports.rows("reports.rpt_channel_pairs", group, closing_channel=channel)
        if row["assisting_channel"] not in (channel, "(other channels)")
    ]
    pair = min(pairs, key=lambda row: (-row["conversions"], row["assisting_channel"]))
    assert pair["assisting_channel"] in finding["headline"]
    share = percent(pair["share_of_closer"])
    closes = reports.row("reports.rpt_channel_assists", group, channel=channel)["last_conversions"]
    numbers = [count(closes), count(pair["conversions"]), *worth(pair["conversion_value"]), share]
    return [share], numbers


def cheapest(reports, finding):
    rows = [
        row
        for row in reports.rows("reports.rpt_channel_assists", finding["conversion_group"])
        if not row["channel"].startswith("(") and row["cost"] and row["assisted_conversions"] >= 30
    ]
    rows.sort(key=lambda row: (row["cost_per_assisted_conversion"], row["channel"]))
    first, last = rows[0], rows[-1]
    assert first["channel"] == finding["channel"]
    own = price(first["cost_per_assisted_conversion"])
    detail = [count(first["cost"]), count(first["assisted_conversions"]), own, count(len(rows))]
    return [own], [*detail, "30", price(last["cost_per_assisted_conversion"])]


def months(reports, finding):
    group, channel = finding["conversion_group"], finding["channel"] or "(total)"
    rows = reports.rows("reports.rpt_channel_assists_by_month", group, is_complete_month=True)
    last, before = sorted({row["conversion_month"] for row in rows}, reverse=True)[:2]
    counts = {
        row["conversion_month"]: row["assisted_conversions"]
        for row in rows
        if row["channel"] == channel
    }
    now, then = counts[last], counts.get(before, 0)
    change = f"{now - then:+,}" if now != then else "0"
    return [last], [count(now), last, count(then), before, change]


def window(reports, finding):
    group, channel = finding["conversion_group"], finding["channel"]
    rows = reports.rows("reports.rpt_lookback_sensitivity", group, channel=channel)
    numbers = []
    for row in (
        min(rows, key=lambda row: row["lookback_days"]),
        max(rows, key=lambda row: row["lookback_days"]),
    ):
        names = ("lookback_days", "assisted_conversions", "last_conversions")
        numbers += [count(row[name]) for name in names]
    return [], numbers


def models(reports, finding):
    left_out = {"shapley_rate", "first_paid_touch", "last_paid_touch", "last_non_direct"}
    rows = [
        row
        for row in reports.rows(
            "reports.rpt_model_comparison", finding["conversion_group"], channel=finding["channel"]
        )
        if row["attribution_model"] not in left_out
    ]
    credits = [row["credit"] for row in rows], [row["credit_share"] for row in rows]
    low, high = ([pick(values) for values in credits] for pick in (min, max))
    shares = [percent(low[1]), percent(high[1])]
    return shares, [count(low[0]), shares[0], count(high[0]), shares[1]]


def order(reports, finding):
    group = finding["conversion_group"]
    best = reports.row("reports.rpt_model_orders", group, is_best=True)
    used = reports.row("reports.rpt_model_orders", group, is_used=True)
    orders = [count(best["markov_order"]), count(used["markov_order"])]
    return orders, [count(best["bic"]), orders[0], count(used["bic"]), orders[1]]


def cut(reports, finding):
    row = reports.row(
        "reports.rpt_channel_removal", finding["conversion_group"],
        scenario=finding["channel"], scenario_kind="channel", cut_share=1.0,
    )  # fmt: skip
    risk = count(row["conversions_at_risk"])
    ends = [count(max(row["risk_low"], 0)), count(row["risk_high"])]
    numbers = [risk, *worth(row["value_at_risk"]), "95", *ends]
    return [risk], [*numbers, count(row["conversions_with_channel"])]


def jump(reports, finding):
    days = [
        row
        for row in reports.table("audits.audit_tracking_quality")
        if row["is_flagged"]
        and finding["headline"].startswith(f"Tracking: {row['check_name'].replace('_', ' ')} ")
    ]
    last = max(days, key=lambda row: row["touch_date"])
    types = {row["conversion_type"] for row in reports.rows(
        "intermediate.int_conversion_groups", finding["conversion_group"]
    )}  # fmt: skip
    dates = {row["touch_date"] for row in days}
    values = [
        row["conversion_value"]
        for row in reports.table("marts.fct_conversions")
        if row["conversion_type"] in types and row["conversion_date"] in dates
    ]
    share, before = percent(last["affected_share"]), percent(last["baseline_share"])
    rows = [count(last["affected_count"]), count(last["row_count"])]
    numbers = [
        str(last["touch_date"]),
        *rows,
        share,
        before,
        count(len(values)),
        *worth(sum(values)),
    ]
    return [count(len(days))], numbers


def tracking(reports, finding):
    if finding["source_report"] == "audit_tracking_quality":
        return jump(reports, finding)
    days = [
        row
        for row in reports.table("audits.audit_conversion_drift")
        if f" {row['conversion_type']} " in finding["headline"] and row["is_flagged"] is not None
    ]
    (kind,) = {row["conversion_type"] for row in days}
    names = ("web_conversions", "system_conversions")
    web, system = (sum(row[name] for row in days) for name in names)
    values = [
        row["conversion_value"]
        for row in reports.table("marts.fct_conversions")
        if row["conversion_type"] == kind
    ]
    numbers = [count(web), count(system), count(len(values)), *worth(sum(values))]
    return [percent(abs(web / system - 1))], numbers


def little_data(reports, finding):
    group, channel = finding["conversion_group"], finding["channel"] or "(total)"
    own = count(reports.row("reports.rpt_channel_assists", group, channel=channel)["conversions"])
    total = reports.row("reports.rpt_channel_assists", group, channel="(total)")["conversions"]
    return [own], [own, count(total), "30"] if finding["channel"] else ["30"]


def shift(reports, finding):
    rows = reports.rows(
        "reports.rpt_assist_trends", finding["conversion_group"], channel=finding["channel"]
    )
    rows.sort(key=lambda row: row["week_start_date"])
    last = max(place for place, row in enumerate(rows) if row["is_role_shift"])
    before = [row["level"] for row in rows[:last] if row["level"] is not None][-1]
    shares = [percent(before), percent(rows[last]["level"])]
    return [str(rows[last]["week_start_date"])], shares


def unusual_week(reports, finding):
    rows = reports.rows(
        "reports.rpt_assist_trends", finding["conversion_group"], channel=finding["channel"]
    )
    row = max(
        (row for row in rows if row["is_volume_anomaly"]), key=lambda row: row["week_start_date"]
    )
    names = ("assisted_conversions", "last_conversions", "volume_baseline")
    return [str(row["week_start_date"])], [count(row[name]) for name in names]


def unattributed(reports, finding):
    group = finding["conversion_group"]
    own, total = (
        reports.row("reports.rpt_channel_assists", group, channel=channel)["conversions"]
        for channel in ("(unattributed)", "(total)")
    )
    return [percent(own / total)], [count(own), count(total)]


# What numbers stand in the headline and in the detail.
NUMBERS = {
    "under_credited_by_last_click": under_credited,
    "only_introduces": only_introduces,
    "closer_depends_on_assists": closer,
    "cheapest_assist": cheapest,
    "changed_since_month_before": months,
    "window_changes_story": window,
    "models_disagree": models,
    "higher_order_fits_better": order,
    "risk_of_cut": cut,
    "tracking_problem": tracking,
    "too_little_data": little_data,
    "role_shift": shift,
    "unusual_week": unusual_week,
    "unattributed_conversions": unattributed,
}


@pytest.fixture(scope="module")
def findings(demo_db):
    return fetch(demo_db, "from reports.rpt_findings order by conversion_group, finding_rank")


def test_the_numbers_in_the_sentences_are_those_of_the_reports(demo_db, findings):
    reports, wrong = Reports(demo_db), []
    for finding in findings:
        due = NUMBERS[finding["finding_kind"]](reports, finding)
        for column, numbers in zip(("headline", "detail"), due):
            found = NUMBER.findall(finding[column])
            if found != numbers:
                wrong.append(f"{finding[column]!r} should have {numbers}")
    assert not wrong, "\n".join(wrong)


def test_the_demo_tells_most_kinds_of_findings(findings):
    kinds = {finding["finding_kind"] for finding in findings}
    due = {
        "under_credited_by_last_click", "closer_depends_on_assists", "cheapest_assist",
        "changed_since_month_before", "models_disagree", "risk_of_cut", "too_little_data",
    }  # fmt: skip
    assert due <= kinds
    assert kinds <= NUMBERS.keys()


def test_no_finding_claims_a_cause(findings):
    claims = re.compile(r"\b(because|due to|drives?|leads? to|thanks to|brings?|generates?)\b")
    assert findings
    for finding in findings:
        assert not claims.search(finding["headline"] + finding["detail"]), finding["headline"]
        assert finding["caution"]
