"""The decision reports against plain Python over the rows of the facts that they are made from.

On the demo data, and on odd little worlds with pooling switched on.
"""

from collections import Counter, defaultdict
from datetime import datetime, time, timedelta
from decimal import Decimal
from statistics import median

import pytest
from builds import WITHOUT_TESTS
from compare import comparable, same
from conftest import build_or_fail, fetch, write_csv
from reference.credits import MODELS
from reference.facts import UNATTRIBUTED, credited_values, days_between
from reference.reports import (
    TOTAL,
    channel_assists,
    channel_role,
    conversion_groups,
    pooled,
    ratio,
    value_of,
)
from worlds import draw_worlds, pack

MIN_GROUP_SIZE = 3
SEGMENTS = [
    "new_or_returning", "first_or_repeat", "device_type", "country", "audience",
    "product_category", "plan_tier", "lead_stage",
]  # fmt: skip


class Facts:
    """Rows of the facts, each with its conversion's group and person where it has them."""

    def __init__(self, db_path, min_group_size):
        self.db_path, self.min_group_size = db_path, min_group_size
        self.conversions = fetch(db_path, "select * from marts.fct_conversions")
        self.groups = conversion_groups(self.conversions)
        self.spend = fetch(db_path, "select * from marts.fct_ad_spend_daily")
        self.person_of = {row["conversion_key"]: row["person_id"] for row in self.conversions}

    def by_conversion(self, table):
        rows = defaultdict(list)
        for row in fetch(self.db_path, f"select * from marts.{table}"):
            person = self.person_of[row["conversion_key"]]
            rows[row["conversion_key"]].append(row | {"person_id": person})
        return rows

    def costs_by(self, name):
        costs = defaultdict(Decimal)
        for row in self.spend:
            costs[name(row)] += row["cost"]
        return costs


@pytest.fixture(scope="module", params=["demo", "worlds"])
def facts(request, tmp_path_factory):
    if request.param == "demo":
        return Facts(request.getfixturevalue("demo_db"), 1)
    folder = tmp_path_factory.mktemp("worlds")
    raw = write_csv(folder / "raw", pack(draw_worlds(40, seed=55)))
    settings = {"min_group_size": MIN_GROUP_SIZE, "journey_conversion_types": ["product_view"]}
    build_or_fail(raw, folder / "attribution.duckdb", *WITHOUT_TESTS, vars=settings)
    return Facts(folder / "attribution.duckdb", MIN_GROUP_SIZE)


def check(facts, report, keys, expected):
    """The report has exactly the expected rows, in the columns that these have."""
    assert expected, "no rows due: the case tests nothing"
    found = fetch(facts.db_path, f"select {', '.join(expected[0])} from reports.{report}")
    due_by_key, found_by_key = (
        {tuple(comparable(row[key]) for key in keys): row for row in rows}
        for rows in (expected, found)
    )
    assert len(found) == len(found_by_key)
    assert due_by_key.keys() == found_by_key.keys()
    wrong = [
        f"{key} {column}: due {due[column]!r}, found {found_by_key[key][column]!r}"
        for key, due in due_by_key.items()
        for column in due
        if not same(due[column], found_by_key[key][column], Decimal("1e-9"))
    ]
    assert not wrong, "\n".join([f"{len(wrong)} differences", *wrong[:20]])


# ---------------------------------------------------------------------------- roles


def shown_roles(roles, dimension, min_group_size, other):
    """Roles with small dimensions pooled; in the pool a conversion has one role row."""
    by_dimension = defaultdict(list)
    for row in roles:
        by_dimension[row[dimension]].append(row)
    shown = []
    for name, own in pooled(by_dimension, min_group_size, other).items():
        by_conversion = defaultdict(list)
        for row in own:
            by_conversion[row["conversion_key"]].append(row)
        for rows in by_conversion.values():
            flags = {
                flag: any(row[flag] for row in rows)
                for flag in ("is_assist", "is_last", "is_first", "is_sole")
            }
            flags["is_assist_only"] = flags["is_assist"] and not flags["is_last"]
            shown.append(rows[0] | flags | {"channel": name})
    return shown


def rows_of_roles(conversions, roles, shown, spend):
    """What rpt_channel_assists would show of these conversions: `shown` instead of `roles`."""
    named = (TOTAL, UNATTRIBUTED)
    totals = channel_assists(conversions, roles, spend)
    return [row for row in channel_assists(conversions, shown, spend) if row["channel"] not in named
    ] + [row for row in totals if row["channel"] in named]  # fmt: skip


def without_costs(row):
    return {column: field for column, field in row.items() if not column.startswith("cost")}


def test_segments(facts):
    roles = facts.by_conversion("fct_assisted_conversions")
    expected = []
    for group, conversions in facts.groups.items():
        for segment in SEGMENTS:
            by_value = defaultdict(list)
            for row in conversions:
                named = row | {
                    "new_or_returning": "new" if row["is_new_visitor"] else "returning",
                    "first_or_repeat": "first" if row["conversion_number"] == 1 else "repeat",
                }
                by_value[named[segment]].append(row)
            for value, own in pooled(by_value, facts.min_group_size, "(other)").items():
                own_roles = [role for row in own for role in roles[row["conversion_key"]]]
                shown = shown_roles(own_roles, "channel", facts.min_group_size, "(other channels)")
                names = {"conversion_group": group, "segment": segment, "segment_value": value}
                rows = rows_of_roles(own, own_roles, shown, {})
                expected += [names | without_costs(row) for row in rows]
    check(
        facts, "rpt_segments", ["conversion_group", "segment", "segment_value", "channel"], expected
    )


def test_campaign_assists(facts):
    columns = ["channel", "source", "medium", "campaign"]
    roles = facts.by_conversion("fct_assisted_conversions_by_campaign")
    spend = facts.costs_by(lambda row: tuple(row[column] for column in columns))
    expected = []
    for group, conversions in facts.groups.items():
        own = [
            role | {"channel": tuple(role[column] for column in columns), "name": role["channel"]}
            for row in conversions
            for role in roles[row["conversion_key"]]
        ]
        shown = []
        for channel in {role["name"] for role in own}:
            of_channel = [role for role in own if role["name"] == channel]
            shown += shown_roles(
                of_channel, "channel", facts.min_group_size, (channel, *["(other)"] * 3)
            )
        # Spend of a campaign that is in a pool is the pool's.
        own_spend = defaultdict(Decimal)
        pooled_names = {role["channel"] for role in own} - {role["channel"] for role in shown}
        for name, cost in spend.items():
            own_spend[(name[0], *["(other)"] * 3) if name in pooled_names else name] += cost
        for row in rows_of_roles(conversions, own, shown, own_spend):
            name = row["channel"]
            names = name if isinstance(name, tuple) else (name, None, None, None)
            expected.append({"conversion_group": group} | row | dict(zip(columns, names)))
    check(facts, "rpt_campaign_assists", ["conversion_group", *columns], expected)


def test_content_assists(facts):
    roles = facts.by_conversion("fct_assisted_conversions_by_content")
    by_level = defaultdict(lambda: defaultdict(list))
    for key, own in roles.items():
        for role in own:
            by_level[role["level"]][key].append(role | {"channel": role["value"]})
    expected = []
    for group, conversions in facts.groups.items():
        for level, of_level in by_level.items():
            own = [role for row in conversions for role in of_level[row["conversion_key"]]]
            shown = shown_roles(own, "channel", facts.min_group_size, "(other)")
            for row in map(without_costs, rows_of_roles(conversions, own, shown, {})):
                names = {"conversion_group": group, "level": level, "value": row.pop("channel")}
                expected.append(names | row)
    check(facts, "rpt_content_assists", ["conversion_group", "level", "value"], expected)


def test_channel_roles(facts):
    roles = facts.by_conversion("fct_assisted_conversions")
    expected = []
    for group, conversions in facts.groups.items():
        by_channel = defaultdict(list)
        for row in conversions:
            for role in roles[row["conversion_key"]]:
                by_channel[role["channel"]].append(role)
        for channel, own in by_channel.items():
            assists = sum(role["is_assist"] for role in own)
            closes = sum(role["is_last"] for role in own)
            introduces = sum(role["is_first"] and not role["is_sole"] for role in own)
            nurtures = sum(not role["is_first"] and not role["is_last"] for role in own)
            expected.append(
                {
                    "conversion_group": group,
                    "channel": channel,
                    "introduce_share": ratio(introduces, len(own)),
                    "nurture_share": ratio(nurtures, len(own)),
                    "close_share": ratio(closes, len(own)),
                    "channel_role": channel_role(own),
                    "assist_to_last_ratio": ratio(assists, closes),
                    "ratio_reading": "assists"
                    if assists > closes
                    else "closes"
                    if assists < closes
                    else "even",
                }  # fmt: skip
            )
    check(facts, "rpt_channel_roles", ["conversion_group", "channel"], expected)


def test_funnel_stages(facts):
    touches = facts.by_conversion("fct_conversion_touches")
    expected = []
    for group, conversions in facts.groups.items():
        cells = defaultdict(lambda: ({}, []))
        for conversion in conversions:
            for touch in touches[conversion["conversion_key"]]:
                assisted, all_touches = cells[touch["funnel_stage"], touch["journey_phase"]]
                all_touches.append(touch)
                if touch["is_assist"]:
                    assisted[conversion["conversion_key"]] = conversion
        expected += [
            {
                "conversion_group": group,
                "funnel_stage": stage,
                "journey_phase": phase,
                "assisted_conversions": len(assisted),
                "assisted_value": value_of(assisted.values()),
                "touches": len(all_touches),
            }
            for (stage, phase), (assisted, all_touches) in cells.items()
        ]
    check(
        facts, "rpt_funnel_stages", ["conversion_group", "funnel_stage", "journey_phase"], expected
    )


# ---------------------------------------------------------------------------- micro and macro


def test_conversion_sources(facts):
    expected = []
    types = {name: rows for name, rows in facts.groups.items() if not name.startswith("(all ")}
    for micro_type, micro in types.items():
        micro_times = defaultdict(list)
        for row in micro:
            micro_times[row["person_id"]].append(row["converted_at"])
        for macro_type, macro in types.items():
            if (micro[0]["conversion_class"], macro[0]["conversion_class"]) != ("micro", "macro"):
                continue
            lags = defaultdict(list)
            for row in macro:
                times = [at for at in micro_times[row["person_id"]] if at < row["converted_at"]]
                if times:
                    lags[row["person_id"]].append(days_between(max(times), row["converted_at"]))
            every_lag = sum(lags.values(), [])
            shows_lag = every_lag and len(lags) >= facts.min_group_size
            expected.append(
                {
                    "micro_type": micro_type,
                    "macro_type": macro_type,
                    "macro_conversions": len(macro),
                    "preceded_conversions": len(every_lag),
                    "preceded_share": ratio(len(every_lag), len(macro)),
                    "median_lag_days": median(every_lag) if shows_lag else None,
                }
            )
    check(facts, "rpt_conversion_sources", ["micro_type", "macro_type"], expected)


# ---------------------------------------------------------------------------- costs


def month_and_all(date):
    return f"{date:%Y-%m}", "(all)"


def test_channel_costs(facts):
    roles = facts.by_conversion("fct_assisted_conversions")
    data_driven = (
        "(select * from marts.fct_attribution_credits where attribution_model like '%touch' "
        f"and attribution_model not in {tuple(MODELS)})"
    )
    touch_credits = defaultdict(list)
    for row in fetch(facts.db_path, f"select * from {data_driven}"):
        touch_credits[row["conversion_key"]].append(row)
    paths = defaultdict(list)
    for touch in fetch(
        facts.db_path, "select * from marts.fct_conversion_touches order by touch_position"
    ):
        paths[touch["conversion_key"]].append(touch)
    rule_credits = defaultdict(list)
    for conversion in facts.conversions:
        path = paths[conversion["conversion_key"]]
        for model in MODELS:
            credits = [touch[f"credit_{model}"] for touch in path]
            values = credited_values(credits, conversion["conversion_value"])
            rule_credits[conversion["conversion_key"]] += [
                {
                    "attribution_model": model,
                    "channel": touch["channel"],
                    "credit": credit,
                    "credited_value": value,
                }
                for touch, credit, value in zip(path, credits, values)
            ]

    costs = defaultdict(Decimal)
    for row in facts.spend:
        for period in month_and_all(row["spend_date"]):
            costs[period, row["channel"]] += row["cost"]

    expected = []
    for group, conversions in facts.groups.items():
        models = set(MODELS)
        for model in {row["attribution_model"] for own in touch_credits.values() for row in own}:
            with_path = [row["conversion_key"] for row in conversions if row["is_attributed"]]
            if with_path and all(
                any(row["attribution_model"] == model for row in touch_credits[key])
                for key in with_path
            ):
                models.add(model)
        credits, values, counts = defaultdict(float), defaultdict(Decimal), Counter()
        cells = {(period, channel, model) for period, channel in costs for model in models}
        for conversion in conversions:
            key, value = conversion["conversion_key"], conversion["conversion_value"]
            own = rule_credits[key] + touch_credits[key]
            if not conversion["is_attributed"]:
                own = [
                    {
                        "attribution_model": model,
                        "channel": UNATTRIBUTED,
                        "credit": 1.0,
                        "credited_value": value,
                    }
                    for model in models
                ]
            for period in month_and_all(conversion["conversion_date"]):
                for row in own:
                    if row["attribution_model"] in models:
                        cell = period, row["channel"], row["attribution_model"]
                        cells.add(cell)
                        credits[cell] += row["credit"]
                        values[cell] += row["credited_value"]
                for role in roles[key]:
                    for flag in ("is_assist", "is_last", "is_first"):
                        counts[period, role["channel"], flag] += role[flag]
        for cell in cells:
            period, channel, model = cell
            cost = costs.get((period, channel))
            assisted, last, first = (
                counts[period, channel, flag] for flag in ("is_assist", "is_last", "is_first")
            )
            expected.append(
                {
                    "conversion_group": group,
                    "period": period,
                    "channel": channel,
                    "attribution_model": model,
                    "cost": cost,
                    "credit": credits[cell],
                    "value": values[cell],
                    "assisted_conversions": assisted,
                    "last_conversions": last,
                    "first_conversions": first,
                    "cost_per_assisted_conversion": per(cost, assisted),
                    "cost_per_last_conversion": per(cost, last),
                    "cost_per_first_conversion": per(cost, first),
                    "cost_per_credit": per(cost, credits[cell]),
                }
            )
    compare_costs(facts, expected)


def per(cost, count):
    return float(cost) / float(count) if cost is not None and count else None


def compare_costs(facts, expected):
    """Values are sums of amounts that were rounded within their conversion, along its path. Where a
    running value ends on half of the last digit, doubles may round it the other way: right to the
    cent. That they add up exactly, the data tests say."""
    keys = ["conversion_group", "period", "channel", "attribution_model"]
    check(
        facts,
        "rpt_channel_costs",
        keys,
        [{name: row[name] for name in row if name != "value"} for row in expected],
    )
    found = fetch(facts.db_path, "select * from reports.rpt_channel_costs")
    value_of_cell = {tuple(row[key] for key in keys): row["value"] for row in expected}
    for row in found:
        due = value_of_cell[tuple(row[key] for key in keys)]
        assert abs(row["credited_value"] - due) <= Decimal("0.01")
        if row["cost"]:
            on_spend = float(row["credited_value"]) / float(row["cost"])
            assert row["return_on_spend"] == pytest.approx(on_spend)
        else:
            assert row["return_on_spend"] is None


def test_spend_that_no_conversion_met_stays(demo_db):
    """The demo's October has spend on every channel, its leads came from a few."""
    rows = fetch(
        demo_db,
        "select count(*) as rows, sum(cost) as cost from reports.rpt_channel_costs "
        "where credit = 0 and cost > 0 and conversion_group = 'lead' and period = '2025-10' "
        "and attribution_model = 'last_touch'",
    )
    assert rows[0]["rows"] >= 3
    assert rows[0]["cost"] > 1000


# ---------------------------------------------------------------------------- weeks and kinds


def monday_of(day):
    return day - timedelta(days=day.weekday())


def test_assist_trends_show_every_week_of_every_channel_from_the_group_s_first_week_on(facts):
    roles = facts.by_conversion("fct_assisted_conversions")
    touched = [row["touched_at"] for row in fetch(facts.db_path, "from marts.fct_touchpoints")]
    data_ends = max(touched + [row["converted_at"] for row in facts.conversions]).date()
    weeks = defaultdict(Counter)
    for group, conversions in facts.groups.items():
        for row in conversions:
            monday = monday_of(row["conversion_date"])
            for role in roles[row["conversion_key"]]:
                counts = weeks[group, role["channel"]]
                counts[monday, "is_assist"] += role["is_assist"]
                counts[monday, "is_last"] += role["is_last"]
    expected = []
    for (group, channel), counts in weeks.items():
        of_group = facts.groups[group]
        monday = monday_of(min(row["conversion_date"] for row in of_group))
        lookback = timedelta(days=max(row["lookback_days"] for row in of_group))
        while monday <= data_ends:
            assists, closes = counts[monday, "is_assist"], counts[monday, "is_last"]
            expected.append(
                {
                    "conversion_group": group,
                    "week_start_date": monday,
                    "channel": channel,
                    "assisted_conversions": assists,
                    "last_conversions": closes,
                    "assist_to_last_ratio": ratio(assists, closes),
                    "assist_share": ratio(assists, assists + closes),
                    "is_judged": datetime.combine(monday, time()) >= min(touched) + lookback
                    and monday + timedelta(days=6) <= data_ends,
                }
            )
            monday += timedelta(weeks=1)
    check(facts, "rpt_assist_trends", ["conversion_group", "week_start_date", "channel"], expected)


def test_every_journey_is_in_the_cluster_whose_name_describes_it(facts):
    """All that end on a channel and are in no cluster of their own ends are one cluster."""
    paths = [
        (group, row["path"].split(" > "))
        for group, conversions in facts.groups.items()
        for row in conversions
        if row["is_attributed"]
    ]
    journeys = fetch(facts.db_path, "select * from marts.fct_non_converting_journeys")
    paths += [(row["conversion_group"], row["path"].split(" > ")) for row in journeys]
    clusters = fetch(
        facts.db_path,
        "select * from reports.rpt_path_clusters "
        "where cluster_name not in ('(unattributed)', '(other journeys)')",
    )
    names = {(row["conversion_group"], row["cluster_name"]) for row in clusters}
    due = Counter()
    for group, path in paths:
        if len(path) == 1:
            own = f"{path[0]} only"
        elif path[0] == path[-1]:
            own = f"{path[0]} back to {path[-1]}"
        else:
            own = f"{path[0]} to {path[-1]}"
        others = f"other paths to {path[-1]}"
        due[group, own if (group, own) in names or len(path) == 1 else others] += 1
    assert len(clusters) > 10
    for row in clusters:
        # Ends that may not be shown are neither a cluster nor in one.
        is_rest = row["cluster_name"].startswith("other paths to ") and facts.min_group_size > 1
        journeys_due = due[row["conversion_group"], row["cluster_name"]]
        assert row["journeys"] <= journeys_due if is_rest else row["journeys"] == journeys_due, row


def test_every_journey_is_in_one_cluster(facts):
    journeys = fetch(facts.db_path, "select * from marts.fct_non_converting_journeys")
    clusters = fetch(facts.db_path, "select * from reports.rpt_path_clusters")
    paths = defaultdict(set)
    for row in facts.conversions:
        paths[row["path_collapsed"]].add(row["person_id"])
    groups = {row["conversion_group"] for row in clusters}
    assert "(all macro)" in groups
    for group in groups:
        own = [row for row in clusters if row["conversion_group"] == group]
        conversions = facts.groups[group]
        with_path = sum(row["is_attributed"] for row in conversions)
        without = sum(row["conversion_group"] == group for row in journeys)
        assert sum(row["journeys"] for row in own) == with_path + without
        assert sum(row["conversions"] for row in own) == len(conversions)
        assert sum(row["conversion_value"] for row in own) == value_of(conversions)
        assert sum(row["share_of_conversions"] for row in own) == pytest.approx(1)
        assert len({row["cluster_name"] for row in own}) == len(own)
        for row in own:
            is_cluster = row["cluster_name"] not in (UNATTRIBUTED, "(other journeys)")
            assert (row["typical_path"] is not None) == is_cluster
            if is_cluster:
                assert row["journeys"] >= facts.min_group_size
