"""The reports on rule-based figures, per conversion group."""

from collections import Counter, defaultdict
from datetime import UTC, date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import sqrt
from zoneinfo import ZoneInfo

from .facts import UNATTRIBUTED, bucket_of_days, bucket_of_length, role_measures

TOTAL = "(total)"
OTHER_PATHS = "(other paths)"
OTHER_CHANNELS = "(other channels)"
LENGTH_BUCKETS = [bucket_of_length(n) for n in range(1, 13)]
DAY_BUCKETS = [bucket_of_days(day) for day in [*range(12), 12, 31, 61, 91]]


def build(tables, settings):
    groups = conversion_groups(tables["fct_conversions"])
    spend = defaultdict(Decimal)
    for row in tables["fct_ad_spend_daily"]:
        spend[row["channel"]] += row["cost"]
    spend_by_month = defaultdict(lambda: defaultdict(Decimal))
    for row in tables["fct_ad_spend_daily"]:
        spend_by_month[f"{row['spend_date']:%Y-%m}"][row["channel"]] += row["cost"]
    covered = covered_days(tables, settings)
    reports = defaultdict(list)
    for group, conversions in groups.items():
        persons = {row["conversion_key"]: row["person_id"] for row in conversions}
        roles = [
            row | {"person_id": persons[row["conversion_key"]]}
            for row in tables["fct_assisted_conversions"]
            if row["conversion_key"] in persons
        ]
        for name, rows in {
            "rpt_channel_assists": channel_assists(conversions, roles, spend),
            "rpt_channel_assists_by_month": channel_assists_by_month(
                conversions, roles, spend_by_month, covered
            ),
            "rpt_top_paths": top_paths(conversions, settings["min_group_size"]),
            "rpt_path_length": distribution(conversions, "path_length_bucket", LENGTH_BUCKETS),
            "rpt_time_lag": distribution(conversions, "days_to_conversion_bucket", DAY_BUCKETS),
            "rpt_channel_pairs": channel_pairs(conversions, roles, settings["min_group_size"]),
        }.items():
            reports[name] += [{"conversion_group": group} | row for row in rows]
    return dict(reports)


def conversion_groups(conversions):
    groups = defaultdict(list)
    for conversion in conversions:
        groups[conversion["conversion_type"]].append(conversion)
        groups[f"(all {conversion['conversion_class']})"].append(conversion)
    return groups


def ratio(part, whole):
    return float(Fraction(part) / Fraction(whole)) if whole else None


def value_of(conversions):
    return sum((row["conversion_value"] for row in conversions), Decimal(0))


# ---------------------------------------------------------------------------- channel assists


def channel_assists(conversions, roles, spend):
    with_path = [row for row in conversions if row["is_attributed"]]
    by_channel = defaultdict(list)
    for row in roles:
        by_channel[row["channel"]].append(row)
    rows = [
        {"channel": channel, "channel_role": channel_role(own)}
        | with_ratios(role_measures(own), own, len(with_path), spend.get(channel))
        for channel, own in by_channel.items()
    ]
    rows += [
        {"channel": channel, "channel_role": None}
        | with_ratios(role_measures([]), [], len(with_path), cost)
        for channel, cost in spend.items()
        if channel not in by_channel
    ]
    rows.append(total_row(conversions, with_path, roles, spend))
    unattributed = len(conversions) - len(with_path)
    if unattributed:
        measures = role_measures([]) | {"conversions": unattributed}
        rows.append(
            {"channel": UNATTRIBUTED, "channel_role": None}
            | with_ratios(measures, [], len(with_path), None)
        )
    return rows


def channel_assists_by_month(conversions, roles, spend_by_month, covered):
    """The same of each month with conversions or spend, and what changed against the one before."""
    by_month = defaultdict(list)
    for row in conversions:
        by_month[f"{row['conversion_date']:%Y-%m}"].append(row)
    months = sorted(by_month.keys() | spend_by_month.keys())
    shown = {}
    for month in months:
        own = by_month.get(month, [])
        keys = {row["conversion_key"] for row in own}
        own_roles = [row for row in roles if row["conversion_key"] in keys]
        rows = channel_assists(own, own_roles, spend_by_month.get(month, {}))
        shown[month] = {row["channel"]: row for row in rows}
    counts = ["assisted_conversions", "last_conversions"]
    for month in months:
        first_day, last_day = days_of(month)
        before = shown.get(f"{first_day - timedelta(days=1):%Y-%m}", {})
        for channel, row in shown[month].items():
            last = before.get(channel, dict.fromkeys(counts, 0) | {"assist_share": None})
            changes = {f"{name}_change": row[name] - last[name] for name in counts}
            if month == months[0]:
                changes = dict.fromkeys(changes)
            share, last_share = row["assist_share"], last["assist_share"]
            yield (
                {"conversion_month": month}
                | row
                | changes
                | {
                    "is_complete_month": covered[0] <= first_day and last_day <= covered[1],
                    "assist_share_change": None
                    if None in (share, last_share)
                    else share - last_share,
                }
            )


def days_of(month):
    first_day = date.fromisoformat(f"{month}-01")
    next_month = (first_day + timedelta(days=31)).replace(day=1)
    return first_day, next_month - timedelta(days=1)


def covered_days(tables, settings):
    """The days of the first and the last touch or conversion of all."""
    moments = [row["touched_at"] for row in tables["fct_touchpoints"]]
    moments += [row["converted_at"] for row in tables["fct_conversions"]]
    zone = ZoneInfo(settings["reporting_timezone"])
    return [
        moment.replace(tzinfo=UTC).astimezone(zone).date()
        for moment in ([min(moments), max(moments)] if moments else [])
    ]


def total_row(conversions, with_path, roles, spend):
    """Distinct conversions, never sums over channels."""
    assisted_only = {row["conversion_key"] for row in roles if row["is_assist_only"]}
    roles = [
        {
            "person_id": row["person_id"],
            "conversion_value": row["conversion_value"],
            "is_assist": row["path_length"] >= 2,
            "is_assist_only": row["conversion_key"] in assisted_only,
            "is_last": True,
            "is_first": True,
            "is_sole": row["path_length"] == 1,
        }
        for row in with_path
    ]
    measures = role_measures(roles) | {"conversions": len(conversions)}
    cost = sum(spend.values()) if spend else None
    return {"channel": TOTAL, "channel_role": None} | with_ratios(
        measures, roles, len(with_path), cost
    )


def with_ratios(measures, roles, conversions_with_path, cost):
    assisted, last = measures["assisted_conversions"], measures["last_conversions"]
    low, high = share_interval(roles)
    return measures | {
        "assist_to_last_ratio": ratio(assisted, last),
        "ratio_low": ratio(low, 1 - low) if low is not None else None,
        "ratio_high": ratio(high, 1 - high) if high is not None else None,
        "assist_share": ratio(assisted, assisted + last),
        "assist_share_low": low,
        "assist_share_high": high,
        "assist_rate": ratio(assisted, conversions_with_path),
        "cost": cost,
        "cost_per_assisted_conversion": None if cost is None else ratio(cost, assisted),
        "cost_per_last_conversion": None if cost is None else ratio(cost, last),
    }


def share_interval(roles):
    """The 95 % interval of the assist share, by person."""
    assists, closes = Counter(), Counter()
    for row in roles:
        assists[row["person_id"]] += row["is_assist"]
        closes[row["person_id"]] += row["is_last"]
    assisted, closed = sum(assists.values()), sum(closes.values())
    if not assisted + closed:
        return None, None
    share = Fraction(assisted, assisted + closed)
    squares = sum(
        ((1 - share) * assists[person] - share * closes[person]) ** 2 for person in assists
    )
    half = 1.959964 * sqrt(squares) / (assisted + closed)
    return max(float(share) - half, 0.0), min(float(share) + half, 1.0)


def channel_role(roles):
    shares = {
        "introducer": sum(row["is_first"] and not row["is_sole"] for row in roles),
        "nurturer": sum(not row["is_first"] and not row["is_last"] for row in roles),
        "closer": sum(row["is_last"] for row in roles),
    }
    role = max(shares, key=shares.get)
    runner_up = max(count for name, count in shares.items() if name != role)
    # In whole numbers: a lead of exactly 0.05 is still balanced.
    return "balanced" if (shares[role] - runner_up) * 20 <= len(roles) else role


# ---------------------------------------------------------------------------- paths


def top_paths(conversions, min_group_size):
    by_path = defaultdict(list)
    for row in conversions:
        by_path[row["path_collapsed"] or UNATTRIBUTED].append(row)
    rows = [
        {
            "path_collapsed": path,
            "conversions": len(own),
            "persons": len({row["person_id"] for row in own}),
            "conversion_value": value_of(own),
            "average_path_length": ratio(sum(row["path_length"] for row in own), len(own)),
            "average_days_to_conversion": None
            if path == UNATTRIBUTED
            else sum(row["days_to_conversion"] for row in own) / len(own),
            "share_of_conversions": ratio(len(own), len(conversions)),
        }
        for path, own in pooled(by_path, min_group_size, OTHER_PATHS).items()
    ]
    rows.sort(key=lambda row: (-row["conversions"], row["path_collapsed"]))
    return [row | {"path_rank": rank} for rank, row in enumerate(rows, start=1)]


def distribution(conversions, column, buckets):
    """Conversions per bucket, the empty ones too; those without a path on a row of their own."""
    by_bucket = {bucket: [] for bucket in buckets}
    for row in conversions:
        by_bucket.setdefault(row[column] or UNATTRIBUTED, []).append(row)
    return [
        {
            "bucket": bucket,
            "bucket_order": order,
            "conversions": len(own),
            "conversion_value": value_of(own),
            "share_of_conversions": ratio(len(own), len(conversions)),
        }
        for order, (bucket, own) in enumerate(by_bucket.items(), start=1)
    ]


def channel_pairs(conversions, roles, min_group_size):
    assists = defaultdict(set)
    for row in roles:
        if row["is_assist"]:
            assists[row["conversion_key"]].add(row["channel"])
    by_closer = defaultdict(list)
    for row in conversions:
        if row["is_attributed"]:
            by_closer[row["last_channel"]].append(row)
    pairs = []
    for closer, closed in pooled(by_closer, min_group_size, OTHER_CHANNELS).items():
        by_assistant = defaultdict(list)
        for row in closed:
            for channel in assists[row["conversion_key"]]:
                by_assistant[channel].append(row)
        for assistant, own in pooled(by_assistant, min_group_size, OTHER_CHANNELS).items():
            distinct = {row["conversion_key"]: row for row in own}.values()
            pairs.append(
                {
                    "assisting_channel": assistant,
                    "closing_channel": closer,
                    "conversions": len(distinct),
                    "conversion_value": value_of(distinct),
                    "share_of_closer": ratio(len(distinct), len(closed)),
                }
            )
    return pairs


def pooled(groups, min_group_size, other):
    """Groups of too few persons together under one name, smallest first, and more after them until
    the pool has two groups and enough persons. Those without a path stay apart."""
    persons = {name: {row["person_id"] for row in own} for name, own in groups.items()}
    in_order = sorted(
        (name for name in groups if name != UNATTRIBUTED),
        key=lambda name: (len(persons[name]), order_of(name)),
    )
    small = sum(len(persons[name]) < min_group_size for name in in_order)
    pool = []
    while small and len(pool) < len(in_order):
        together = set().union(*(persons[name] for name in pool))
        if len(pool) >= max(small, 2) and len(together) >= min_group_size:
            break
        pool.append(in_order[len(pool)])
    shown = defaultdict(list)
    for name, own in groups.items():
        shown[other if name in pool else name] += own
    return shown


def order_of(name):
    """By name, null last; a campaign is named by several columns."""
    parts = name if isinstance(name, tuple) else (name,)
    return [(part is None, part or "") for part in parts]
