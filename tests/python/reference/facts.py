"""The facts: rows of the marts."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from .channels import Traffic
from .credits import MODELS, path_credits
from .inputs import to_money
from .paths import collapsed_text, journey_phase, path_text

UNATTRIBUTED = "(unattributed)"
DAY = 86_400
CONVERSION_COLUMNS = [
    "conversion_key", "conversion_id", "source_system", "person_id", "conversion_type",
    "conversion_class", "converted_at", "conversion_date", "conversion_value", "lookback_days",
    "is_new_visitor", "product_category", "plan_tier", "lead_stage", "audience",
]  # fmt: skip
TOUCH_COLUMNS = [
    "touchpoint_id", "person_id", "touched_at", "touch_type", "is_view", "is_engaged", "channel",
    "funnel_stage", "source", "medium", "campaign", "content", "term", "landing_page",
    "traffic_evidence", "device_type", "country",
]  # fmt: skip
PATH_TOUCH_COLUMNS = [
    "touchpoint_id", "touched_at", "channel", "source", "medium", "campaign", "content", "term",
    "landing_page", "funnel_stage", "touch_type",
]  # fmt: skip
CAMPAIGN_KEY = ["channel", "source", "medium", "campaign"]
CONTENT_LEVELS = [
    "landing_page", "content", "term", "source_medium", "funnel_stage", "touch_type",
]  # fmt: skip


def pick(row, columns):
    return {column: row[column] for column in columns}


def days_between(earlier, later):
    return (later - earlier).total_seconds() / DAY


def build(conversions, touchpoints, journeys, staged, seeds, settings):
    credits = {}
    for conversion in conversions:
        path = conversion["touches"]
        credits[conversion["conversion_key"]] = path and path_credits(
            path, conversion["converted_at"], conversion["stages"], seeds, settings
        )
    by_channel = roles_by(conversions, ["channel"])
    by_campaign = roles_by(conversions, CAMPAIGN_KEY)
    return {
        "fct_conversions": numbered([conversion_row(conversion) for conversion in conversions]),
        "fct_touchpoints": [pick(touch, TOUCH_COLUMNS) for touch in touchpoints],
        "fct_conversion_touches": [
            row for c in conversions for row in touch_rows(c, credits[c["conversion_key"]])
        ],
        "fct_assisted_conversions": by_channel,
        "fct_assisted_conversions_by_campaign": by_campaign,
        "fct_assisted_conversions_by_content": [
            {"value" if column == level else column: field for column, field in row.items()}
            | {"level": level}
            for level in CONTENT_LEVELS
            for row in roles_by(conversions, [level])
        ],
        "fct_attribution_credits": [
            row for c in conversions for row in credit_rows(c, credits[c["conversion_key"]])
        ],
        "fct_channel_performance_daily": performance(conversions, by_channel, credits, ["channel"]),
        "fct_campaign_performance_daily": performance(
            conversions, by_campaign, credits, CAMPAIGN_KEY
        ),
        "fct_ad_spend_daily": ad_spend(staged["ad_spend"], seeds),
        "fct_non_converting_journeys": journeys,
    }


# ---------------------------------------------------------------------------- conversions


def bucket_of_length(length):
    return "12+" if length >= 12 else str(length)


def bucket_of_days(days):
    whole = int(days // 1)
    for limit, bucket in [(91, "91+"), (61, "61-90"), (31, "31-60"), (12, "12-30")]:
        if whole >= limit:
            return bucket
    return str(whole)


def numbered(rows):
    """Conversions of one person and type are counted in their order."""
    counts = defaultdict(int)
    for row in sorted(rows, key=lambda row: (row["converted_at"], row["conversion_key"])):
        counts[row["person_id"], row["conversion_type"]] += 1
        row["conversion_number"] = counts[row["person_id"], row["conversion_type"]]
    return rows


def conversion_row(conversion):
    path = conversion["touches"]
    channels = [touch["channel"] for touch in path]
    row = pick(conversion, CONVERSION_COLUMNS) | {
        "path_length": len(path),
        "channel_count": len(set(channels)),
        "is_assisted": len(path) >= 2,
        "is_attributed": bool(path),
        "path": path_text(channels),
        "path_collapsed": collapsed_text(channels),
    }
    first, last = (path[0], path[-1]) if path else (None, None)
    days = days_between(first["touched_at"], conversion["converted_at"]) if path else None
    return row | {
        "first_channel": first and first["channel"],
        "last_channel": last and last["channel"],
        "first_touch_at": first and first["touched_at"],
        "last_touch_at": last and last["touched_at"],
        "days_to_conversion": days,
        "path_length_bucket": bucket_of_length(len(path)) if path else None,
        "days_to_conversion_bucket": bucket_of_days(days) if path else None,
        "device_type": last and last["device_type"],
        "country": last and last["country"],
    }


def touch_rows(conversion, credits):
    path = conversion["touches"]
    n = len(path)
    for i, touch in enumerate(path):
        yield pick(touch, PATH_TOUCH_COLUMNS) | {
            "conversion_key": conversion["conversion_key"],
            "touch_position": i + 1,
            "path_length": n,
            "days_before_conversion": days_between(touch["touched_at"], conversion["converted_at"]),
            "journey_phase": journey_phase(i + 1, n),
            "is_first_touch": i == 0,
            "is_last_touch": i == n - 1,
            "is_assist": i < n - 1,
            **{f"credit_{model}": credits[model][i] for model in MODELS},
        }


def credit_rows(conversion, credits):
    value = conversion["conversion_value"]
    values = credits and {model: credited_values(credits[model], value) for model in MODELS}
    for i, touch in enumerate(conversion["touches"]):
        for model in MODELS:
            credit = credits[model][i]
            yield {
                "conversion_key": conversion["conversion_key"],
                "touchpoint_id": touch["touchpoint_id"],
                "attribution_model": model,
                "channel": touch["channel"],
                "campaign": touch["campaign"],
                "credit": credit,
                "credited_value": values[model][i],
            }


def credited_values(credits, value):
    """Amounts that add up to the value: what the rounded running value grows by at each touch."""
    running, so_far, values = Decimal(0), Decimal(0), []
    for number, credit in enumerate(credits, start=1):
        running += Decimal(credit).quantize(Decimal("1e-15"))
        last = so_far
        # To seven decimals first, so that the last digits of a credit decide no half.
        exact = (running * value).quantize(Decimal("1e-7"), ROUND_HALF_UP)
        so_far = to_money(exact) if number < len(credits) else value
        values.append(so_far - last)
    return values


# ---------------------------------------------------------------------------- roles


def roles_by(conversions, key_columns):
    """Roles per conversion and key of its touches (a channel, a campaign, a landing page)."""
    rows = []
    for conversion in conversions:
        positions = defaultdict(list)
        for position, touch in enumerate(conversion["touches"], start=1):
            positions[tuple(touch[column] for column in key_columns)].append(position)
        for key, own in positions.items():
            rows.append(
                pick(
                    conversion,
                    ["conversion_key", "conversion_type", "conversion_class", "converted_at",
                     "conversion_date", "conversion_value"],
                )
                | dict(zip(key_columns, key))
                | roles(own, len(conversion["touches"]), conversion["conversion_value"])
            )  # fmt: skip
    return rows


def roles(positions, n, value):
    is_first, is_last = 1 in positions, n in positions
    assists = [position for position in positions if position < n]
    return {
        "is_assist": bool(assists),
        "is_assist_only": bool(assists) and not is_last,
        "is_last": is_last,
        "is_first": is_first,
        "is_nurture": any(1 < position < n for position in positions),
        "is_sole": n == 1,
        "touch_count": len(positions),
        "assist_touch_count": len(assists),
        "first_position": min(positions),
        "last_position": max(positions),
        "path_length": n,
        "assisted_value": value if assists else Decimal(0),
        "last_value": value if is_last else Decimal(0),
    }


def role_measures(rows):
    """The measures that daily facts and reports count over rows of roles."""
    rows = list(rows)

    def count(flag):
        return sum(row[flag] for row in rows)

    def value(flag):
        return sum((row["conversion_value"] for row in rows if row[flag]), Decimal(0))

    return {
        "conversions": len(rows),
        "assisted_conversions": count("is_assist"),
        "assist_only_conversions": count("is_assist_only"),
        "last_conversions": count("is_last"),
        "first_conversions": count("is_first"),
        "sole_conversions": count("is_sole"),
        "assisted_value": value("is_assist"),
        "last_value": value("is_last"),
        "first_value": value("is_first"),
    }


# ---------------------------------------------------------------------------- daily facts


def performance(conversions, role_rows, credits, key_columns):
    """Measures per day, type and key; conversions with an empty path have a row of their own."""
    day_columns = ["conversion_date", "conversion_type"]
    groups = defaultdict(list)
    for row in role_rows:
        groups[tuple(row[column] for column in day_columns + key_columns)].append(row)
    credit_sums = defaultdict(lambda: defaultdict(lambda: [0.0, Decimal(0)]))
    for conversion in conversions:
        if not conversion["touches"]:
            continue
        day = tuple(conversion[column] for column in day_columns)
        own = credits[conversion["conversion_key"]]
        values = {
            model: credited_values(own[model], conversion["conversion_value"]) for model in MODELS
        }
        for i, touch in enumerate(conversion["touches"]):
            key = day + tuple(touch[column] for column in key_columns)
            for model in MODELS:
                sums = credit_sums[key][model]
                sums[0] += own[model][i]
                sums[1] += values[model][i]
    rows = [
        dict(zip(day_columns + key_columns, key))
        | role_measures(group)
        | {f"credit_{model}": credit_sums[key][model][0] for model in MODELS}
        | {f"value_{model}": credit_sums[key][model][1] for model in MODELS}
        for key, group in groups.items()
    ]
    return rows + unattributed_performance(conversions, day_columns, key_columns)


def unattributed_performance(conversions, day_columns, key_columns):
    groups = defaultdict(list)
    for conversion in conversions:
        if not conversion["touches"]:
            day = tuple(conversion[column] for column in day_columns)
            groups[day].append(conversion["conversion_value"])
    return [
        dict(zip(day_columns, day))
        | dict.fromkeys(key_columns)
        | {"channel": UNATTRIBUTED}
        | role_measures([])
        | {"conversions": len(values)}
        | {f"credit_{model}": float(len(values)) for model in MODELS}
        | {f"value_{model}": sum(values) for model in MODELS}
        for day, values in groups.items()
    ]


def ad_spend(rows, seeds):
    traffic = Traffic(seeds)
    sums = defaultdict(lambda: {"impressions": None, "clicks": None, "cost": Decimal(0)})
    for row in rows:
        source, medium, campaign, _ = traffic.of_spend(row)
        channel = traffic.channel(source, medium, campaign)
        total = sums[row["spend_date"], channel, source, medium, campaign, row["utm_content"]]
        total["cost"] += row["cost"]
        for column in ("impressions", "clicks"):
            if row[column] is not None:
                total[column] = (total[column] or 0) + row[column]
    columns = ["spend_date", *CAMPAIGN_KEY, "content"]
    return [dict(zip(columns, key)) | total for key, total in sums.items()]
