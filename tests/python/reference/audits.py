"""The audits that judge the data, and what refused consent hides."""

import math
import re
from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import cache
from statistics import variance

from .channels import Traffic, is_human, query_of, without_placeholders
from .conversions import finish, trust
from .inputs import EVENT_TIMES, TABLES, UTM_FIELDS, Stager, clean_row, is_template, tag_text
from .paths import window_opens_at
from .reports import conversion_groups, ratio

NORMAL = 1.959964


def build(raw, staged, touchpoints, counted, people, tables, seeds, settings, salt):
    counts = tracking_counts(raw, staged, touchpoints, seeds, settings, salt)
    return {
        "audit_conversion_drift": conversion_drift(staged["conversions"], people, seeds, settings),
        "audit_tracking_quality": tracking_quality(counts, settings),
        "audit_unmapped_traffic": unmapped_traffic(touchpoints, tables, seeds, settings),
        "audit_platform_claims": platform_claims(staged["platform_claims"], tables, seeds),
        "rpt_consent_gap": consent_gap(staged, touchpoints, counted, people, seeds, settings),
    }


# ---------------------------------------------------------------------------- drift


def conversion_drift(rows, people, seeds, settings):
    rows = [
        finish(row, seeds, settings)
        | {"person": people.person_of("conversions", row) or row["conversion_key"]}
        for row in rows
        if row["status"] != "cancelled"
    ]
    web = [row for row in rows if row["source_system"] == "web"]
    systems = {}
    for row in rows:
        if row["source_system"] in ("crm", "backend"):
            unit = (
                row["order_id"],
                row["conversion_type"],
                not row["order_id"] and row["conversion_key"],
            )
            if unit not in systems or trust(row, settings) < trust(systems[unit], settings):
                systems[unit] = row
    pairs = match(web, list(systems.values()), settings["drift_match_minutes"])
    sides = [("system", row, row, how) for row, how in unmatched_or(systems.values(), pairs)]
    for row in web:
        system, how = pairs.get(row["conversion_key"], (row, None))
        sides.append(("web", row, system, how))
    return drift_rows(sides, settings)


def unmatched_or(systems, pairs):
    how_of = {system["conversion_key"]: how for system, how in pairs.values()}
    return [(row, how_of.get(row["conversion_key"])) for row in systems]


def match(web, systems, minutes):
    """web key -> (system row, order or person)."""

    def gap(one, other):
        return abs(one["converted_at"] - other["converted_at"])

    def nearest(row, others):
        return min(
            others, key=lambda other: (gap(row, other), other["conversion_key"]), default=None
        )

    pairs, taken, known_orders = {}, set(), set()
    for system in systems:
        unit = system["order_id"], system["conversion_type"]
        own = [
            row
            for row in web
            if row["order_id"] and (row["order_id"], row["conversion_type"]) == unit
        ]
        if own:
            pairs[nearest(system, own)["conversion_key"]] = (system, "order")
            known_orders |= {row["conversion_key"] for row in own}
            taken.add(system["conversion_key"])
    left = defaultdict(lambda: ([], []))
    for row in web:
        if row["conversion_key"] not in known_orders:
            left[row["person"], row["conversion_type"]][0].append(row)
    for row in systems:
        if row["conversion_key"] not in taken:
            left[row["person"], row["conversion_type"]][1].append(row)
    for own_web, own_systems in left.values():
        for row in own_web:
            system = nearest(row, own_systems)
            if (
                system
                and nearest(system, own_web) is row
                and gap(row, system) <= timedelta(minutes=minutes)
            ):
                pairs[row["conversion_key"]] = (system, "person")
    return pairs


def drift_rows(sides, settings):
    days = defaultdict(lambda: defaultdict(Decimal))
    for side, row, counted_as, how in sides:
        day = days[counted_as["conversion_date"], row["conversion_type"]]
        day[f"{side}_conversions"] += 1
        day[f"{side}_value"] += row["conversion_value"]
        if how is None:
            day[f"{side}_only"] += 1
        elif side == "web":
            day[f"matched_by_{how}"] += 1
    counts = [
        "web_conversions", "system_conversions", "matched_by_order", "matched_by_person",
        "web_only", "system_only",
    ]  # fmt: skip
    rows = []
    for (date, kind), day in days.items():
        seen = [
            other
            for (other_date, other_kind), other in days.items()
            if other_kind == kind and date - timedelta(days=28) < other_date <= date
        ]
        judged = all(
            any(other[f"{side}_conversions"] for other in seen) for side in ("web", "system")
        )
        drifts = {}
        for name in ("conversions", "value"):
            share = ratio(day[f"web_{name}"], day[f"system_{name}"]) if judged else None
            drifts[name] = None if share is None else share - 1
        size = max(abs(drift or 0) for drift in drifts.values())
        is_large = round(size, 9) > settings["max_conversion_drift"]
        rows.append(
            {"conversion_date": date, "conversion_type": kind}
            | {name: int(day[name]) for name in counts}
            | {name: day[name] for name in ("web_value", "system_value")}
            | {"count_drift": drifts["conversions"], "value_drift": drifts["value"]}
            | {"is_flagged": (is_large and day["system_conversions"] >= 10) if judged else None}
        )
    return rows


# ---------------------------------------------------------------------------- tracking


def tracking_counts(raw, staged, touchpoints, seeds, settings, salt):
    """(check, day) -> [rows, affected rows]."""
    stager = Stager(seeds, settings, salt)
    stager.rates = staged["exchange_rates"]
    counts = defaultdict(lambda: [0, 0])

    def note(check, moment, is_affected):
        count = counts[check, moment and stager.day(moment)]
        count[0] += 1
        count[1] += bool(is_affected)

    for touch in touchpoints:
        for channel in ("Direct", "Unassigned"):
            note(channel.lower(), touch["touched_at"], touch["channel"] == channel)
    unfilled = set()
    for table in TABLES:
        for raw_row in raw.get(table, []):
            row, reasons = clean_row(table, raw_row, stager.cleaner)
            is_rejected = bool(reasons | set(stager.table_reasons(table, row)))
            loaded_at = row.get("loaded_at") or row.get(EVENT_TIMES.get(table))
            note("rejected_rows", loaded_at, is_rejected)
            if table == "sessions" and not is_rejected and has_template(raw_row, row, seeds):
                unfilled.add(row["session_id"])
    traffic = Traffic(seeds, staged["ad_clicks"])
    for row in staged["sessions"]:
        if is_human(row, seeds):
            problems = click_problems(row, traffic, seeds)
            excluded = traffic.of_session(row)["has_excluded_referrer"]
            note("conflicting_tags", row["started_at"], "conflicting" in problems)
            note("paid_clicks_without_tags", row["started_at"], "untagged" in problems)
            note("unfilled_templates", row["started_at"], row["session_id"] in unfilled)
            note("excluded_referrers", row["started_at"], excluded)
    for table, moment in EVENT_TIMES.items():
        for row in staged[table]:
            hours = (row["loaded_at"] - row[moment]) / timedelta(hours=1)
            note("late_rows", row[moment], hours > settings["late_after_hours"])
    return counts


def has_template(raw, row, seeds):
    query = query_of(row["landing_url"])
    for field in UTM_FIELDS:
        text = tag_text(raw.get(field))
        if row[field] is None and not (text and is_template(text)):
            text = tag_text(query.get(seeds.campaign_parameters[field][0]))
        if text and is_template(text):
            return True
    return False


def click_problems(row, traffic, seeds):
    query = query_of(row["landing_url"])
    click, click_id = traffic.click_of(query)
    if click is None:
        return set()
    tags = traffic.tags_of(row, query)
    is_paid = click["parameter"] in seeds.paid_click_ids
    if is_paid:
        tags = without_placeholders(tags)
    known = traffic.ad_clicks.get((click["parameter"], click_id), {})
    source = traffic.standard(tags["utm_source"] or known.get("utm_source"))
    if source is None:
        return {"untagged"} if is_paid and tags["utm_medium"] is None else set()
    of_one_platform = any(
        platform["source_pattern"]
        and all(
            re.fullmatch(platform["source_pattern"], name, re.IGNORECASE)
            for name in (source, click["source"])
        )
        for platform in seeds.platforms
    )
    return {"conflicting"} if source != click["source"] and not of_one_platform else set()


def tracking_quality(counts, settings):
    rows = []
    for (check, day), (all_rows, affected) in counts.items():
        before = [
            count
            for (other, other_day), count in counts.items()
            if day and other == check and other_day
            and day - timedelta(days=56) <= other_day < day
        ]  # fmt: skip
        total, failed = (sum(count[i] for count in before) for i in (0, 1))
        share, baseline = affected / all_rows, failed / total if total else None
        is_flagged = None
        if len(before) >= 28:
            likely = (failed + 1) / (total + 2)
            daily = variance(count[1] / count[0] for count in before)
            scatter = max(likely * (1 - likely) / all_rows, daily)
            is_flagged = (
                affected >= 10
                and share > baseline * (1 + settings["max_tracking_jump"])
                and share - likely > 4 * math.sqrt(scatter)
            )
        rows.append(
            {
                "touch_date": day,
                "check_name": check,
                "row_count": all_rows,
                "affected_count": affected,
                "affected_share": share,
                "baseline_share": baseline,
                "is_flagged": is_flagged,
            }
        )
    return rows


# ---------------------------------------------------------------------------- unmapped traffic

KNOWN_MEDIA = """
affiliate|affiliates|ai-assistant|app|audio|banner|call|cpa|cpc|cpm|cpv|direct_mail|display|e-mail
email|event|expandable|interstitial|link|mobile|notification|organic|paid|paid_search|paid_social
paid_video|ppc|push|referral|retargeting|sm|sms|social|social media|social network|social-media
social-network|survey|video
""".strip().replace("\n", "|").split("|")  # fmt: skip


def known_spellings(seeds):
    """Spelling -> standard name, of sources and of media that lead to a channel."""
    leading = {"search", "social", "shopping", "video", "ai", "email"}
    names = {source: source for source in seeds.categories} | seeds.aliases
    sources = {
        spelling: name for spelling, name in names.items() if seeds.categories.get(name) in leading
    }
    return sources, {medium: medium for medium in KNOWN_MEDIA} | seeds.medium_aliases


@cache
def edits(one, other):
    """Letters to change, add or take away between two texts."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, other_letter in enumerate(other, start=1):
            cost = min(row[j] + 1, row[j - 1] + 1, previous + (letter != other_letter))
            previous, row[j] = row[j], cost
    return row[-1]


def nearest_spelling(value, spellings, most):
    near = [
        (edits(value.lower(), spelling) / max(len(value), len(spelling)), spelling)
        for spelling in spellings
        if abs(len(value) - len(spelling)) <= most * max(len(value), len(spelling))
    ]
    distance, spelling = min(near, default=(math.inf, None))
    return spelling if distance <= most else None


def unmapped_traffic(touchpoints, tables, seeds, settings):
    sources, media = known_spellings(seeds)
    sessions, conversions = defaultdict(int), defaultdict(dict)
    for touch in touchpoints:
        if touch["channel"] == "Unassigned":
            sessions[touch["source"], touch["medium"]] += touch["touch_type"] == "session"
    for row in tables["fct_assisted_conversions_by_campaign"]:
        if row["channel"] == "Unassigned":
            own = conversions[row["source"], row["medium"]]
            own[row["conversion_key"]] = row["conversion_value"]
    number = max((int(rule["rule_order"]) for rule in seeds.overrides), default=0) + 1
    rows = []
    for (source, medium), count in sessions.items():
        most = settings["max_spelling_distance"]
        near_source = nearest_spelling(source, sources, most)
        near_medium = nearest_spelling(medium, media, most)
        if near_medium:
            suggestion = f"medium_aliases: {medium},{media[near_medium]}"
        elif near_source:
            suggestion = f"source_aliases: {source},{sources[near_source]}"
        elif (source, medium) != ("(not set)", "(not set)"):
            patterns = [re.sub(r"[][.()|?*+{$]", as_class, text) for text in (source, medium)]
            suggestion = f"channel_overrides: {number},{','.join(patterns)},,<channel>"
        else:
            suggestion = None
        own = conversions[source, medium]
        rows.append(
            {
                "source": source,
                "medium": medium,
                "sessions": count,
                "conversions": len(own),
                "conversion_value": sum(own.values(), Decimal(0)),
                "nearest_source": near_source,
                "nearest_medium": near_medium,
                "suggestion": suggestion,
            }
        )
    return rows


def as_class(match):
    return "]" if match[0] == "]" else f"[{match[0]}]"


# ---------------------------------------------------------------------------- platform claims


def platform_claims(claims, tables, seeds):
    claimed = defaultdict(lambda: [Decimal(0), None])
    for row in claims:
        total = claimed[f"{row['claim_date']:%Y-%m}", row["platform"], row["conversion_type"]]
        total[0] += row["claimed_conversions"]
        if row["claimed_value"] is not None:
            total[1] = (total[1] or 0) + row["claimed_value"]
    rows = []
    for (month, platform, kind), (number, value) in claimed.items():
        own = [row for row in seeds.platforms if row["platform"].lower() == platform.lower()]
        flags = defaultdict(set)
        for role in tables["fct_assisted_conversions_by_campaign"]:
            is_here = (
                role["conversion_type"] == kind and f"{role['conversion_date']:%Y-%m}" == month
            )
            if is_here and any(is_of_platform(role, row) for row in own):
                flags["any"].add(role["conversion_key"])
                for flag in ("is_last", "is_assist"):
                    if role[flag]:
                        flags[flag].add(role["conversion_key"])
        rows.append(
            {
                "month": month,
                "platform": platform,
                "conversion_type": kind,
                "claimed_conversions": float(number),
                "claimed_value": value,
                "last_conversions": len(flags["is_last"]) if own else None,
                "assisted_conversions": len(flags["is_assist"]) if own else None,
                "conversions": len(flags["any"]) if own else None,
                "over_claim_ratio": ratio(number, len(flags["any"])),
            }
        )
    return rows


def is_of_platform(role, row):
    pattern, channel = row["source_pattern"], row["channel"]
    return (pattern is None or re.fullmatch(pattern, role["source"], re.IGNORECASE)) and (
        channel is None or channel == role["channel"]
    )


# ---------------------------------------------------------------------------- consent


def consent_gap(staged, touchpoints, counted, people, seeds, settings):
    sessions = defaultdict(list)
    for touch in touchpoints:
        if touch["touch_type"] == "session":
            sessions[touch["person_id"]].append(touch)
    lacking = {"denied"} if not settings["require_consent"] else None
    for row in staged["sessions"]:
        state = row["consent_state"]
        if is_human(row, seeds) and (state in lacking if lacking else state != "granted"):
            sessions[people.person_of("sessions", row)].append(
                row | {
                    "touchpoint_id": f"session:{row['session_id']}",
                    "touched_at": row["started_at"],
                    "is_denied": state == "denied",
                }
            )  # fmt: skip
    known = []
    for conversion in counted:
        opens_at = window_opens_at(conversion, conversion["lookback_days"], settings)
        inside = [
            session
            for session in sessions[conversion["person_id"]]
            if opens_at <= session["touched_at"] <= conversion["converted_at"]
        ]
        if inside:
            latest = max(inside, key=lambda row: (row["touched_at"], row["touchpoint_id"]))
            week = conversion["conversion_date"].isocalendar()[:2]
            path = conversion["touches"]
            known.append(
                conversion
                | {
                    "cell": (latest["device_type"], latest["country"], week),
                    "is_hidden": any(session.get("is_denied") for session in inside),
                    "channels": {touch["channel"] for touch in path},
                    "assists": {touch["channel"] for touch in path[:-1]},
                }
            )
    return [
        {"conversion_group": group} | row
        for group, own in conversion_groups(known).items()
        for row in consent_rows(own)
    ]


def consent_rows(conversions):
    measured = [row for row in conversions if not row["is_hidden"]]
    hidden = [row for row in conversions if row["is_hidden"]]
    by_type = defaultdict(list)
    for row in conversions:
        by_type[row["conversion_type"]].append(row)
    borrowed = {kind: borrow(own) for kind, own in by_type.items()}
    for channel in sorted(set().union(*(row["channels"] for row in conversions))):
        seen = sum(channel in row["assists"] for row in hidden)
        estimate = spread = unknown = 0
        for kind, own in by_type.items():
            if not any(channel in row["channels"] for row in own):
                continue
            n = sum(not row["is_hidden"] for row in own)
            number = len(own) - n
            own_seen = sum(row["is_hidden"] and channel in row["assists"] for row in own)
            weights = borrowed[kind]
            carried = sum(weight for row, weight in weights if channel in row["assists"])
            estimate += max(own_seen, carried)
            if n == 0:
                unknown += number - own_seen
                continue
            rate = (carried * n / max(number, 1) + 1) / (n + 2)
            spread += (
                rate
                * (1 - rate)
                * (
                    scatter(measured) * sum(weight**2 for _, weight in weights)
                    + scatter(hidden) * number
                )
            )
        half = NORMAL * math.sqrt(spread)
        yield {
            "channel": channel,
            "measured_assists": sum(channel in row["assists"] for row in measured),
            "estimated_assists": float(estimate),
            "estimated_low": float(max(estimate - half, seen)),
            "estimated_high": float(min(estimate + half + unknown, len(hidden))),
            "consented_share": len(measured) / len(conversions),
            "hidden_assists": seen,
            "measured_conversions": len(measured),
            "hidden_conversions": len(hidden),
        }


def borrow(conversions):
    """Each measured conversion of a type with the hidden ones that it stands for."""
    measured = [row for row in conversions if not row["is_hidden"]]
    weights = [0.0] * len(measured)
    for row in conversions:
        if row["is_hidden"]:
            for fields in (3, 2, 1, 0):
                like = [
                    i for i, other in enumerate(measured)
                    if other["cell"][:fields] == row["cell"][:fields]
                ]  # fmt: skip
                if len(like) >= 30:
                    break
            for i in like:
                weights[i] += 1 / len(like)
    return list(zip(measured, weights))


def scatter(conversions):
    """By how much several conversions of one person widen an interval."""
    persons = defaultdict(int)
    for row in conversions:
        persons[row["person_id"]] += 1
    counts = persons.values()
    return sum(count**2 for count in counts) / sum(counts) if counts else 0
