"""The tables beside visits and conversions: spend, rates, lift tests, claims, erasures."""

import random
from collections import Counter
from datetime import datetime, timedelta

from demo_data import clock, traffic

# source as the platform exports it, medium, campaign, contents, cost a day, currency, cost a click
SPEND = (
    ("Instagram", "paid_social", "summer lookbook", ("reel_trail", "reel_city"), 240, "USD", 1.9),
    ("instagram", "paid_social", "creator series", ("carousel_boots", None), 260, "USD", 2.1),
    ("instagram", "paid_social", "new arrivals", ("story_sale",), 230, None, 1.8),
    ("fb", "paid_social", "prospecting", ("video_a", "video_b"), 60, "USD", 1.4),
    ("facebook", "paid_social", "retargeting", (None,), 35, "USD", 0.5),
    ("google", "cpc", "brand", (None,), 150, "GBP", 1.2),
    ("google", "cpc", "generic outdoor", (None,), 320, "USD", 2.2),
    ("google", "cpc", "shopping+catalogue", (None,), 160, "USD", 1.3),
    ("dv360", "Display", "retargeting%20autumn", ("banner_300", "banner_728"), 110, "USD", 1.4),
    ("awin", "affiliate", "voucher sites", (None,), 70, "GBP", 2.9),
    (
        "linkedin",
        "paid_social",
        "people leaders emea",
        ("case study", "calculator"),
        310,
        "EUR",
        7.5,
    ),
    ("linkedin", "paid_social", "people leaders us", ("case study",), 220, "USD", 8.5),
    ("google", "cpc", "hris brand", (None,), 60, "EUR", 2.4),
    ("google", "cpc", "hris generic", (None,), 170, "EUR", 5.2),
    ("spotify", "audio", "people person podcast", (None,), 190, "GBP", 9.0),
    # Spend that no purchase meets.
    ("tiktok", "paid_social", "brand test", (None,), 90, "USD", 1.1),
)
# Sources that are paid for a part of the year.
ON_AIR = {"dv360": traffic.AUTUMN, "tiktok": traffic.SPRING}
FIRST_RATES = {"EUR": 1.16, "GBP": 1.34}
CLAIM_FACTOR = 1.32
CLAIM_VALUES = {"purchase": 85, "enterprise_deal": 21_000}
CLAIMED_TYPES = ("purchase", "lead", "demo_request", "trial_start", "enterprise_deal")
# test, channel, type, first day, days, users of each group, conversions treated and control
LIFT_TESTS = (
    ("geo-social-1", "Paid Social", "purchase", 120, 28, 6000, 520, 385),
    ("geo-social-2", "Paid Social", "purchase", 200, 28, 6000, 495, 360),
    ("holdout-email", "Email", "purchase", 150, 28, 3000, 420, 380),
    ("brand-search-off", "Paid Search", "purchase", 260, 21, 4000, 410, 395),
    ("display-ghost-ads", "Display", "purchase", 150, 28, 2000, 118, 121),
    ("podcast-regions", "Audio", "enterprise_deal", 190, 90, 900, 25, 18),
    # Its paths would begin before the data.
    ("email-pilot", "email", "purchase", 14, 14, 500, 40, 31),
)


# Of the shop's orders, as its backend has them: few never reach it.
BOOKED_SHARE = 0.985


def run(world, scale):
    ad_spend(world, scale)
    exchange_rates(world)
    lift_tests(world, scale)
    platform_claims(world)
    erasure_requests(world)


def ad_spend(world, scale):
    rng = world.rng
    for day in range(clock.DAYS):
        date = clock.BEGIN + timedelta(days=day)
        # Budgets follow the season of the shop, half as strongly.
        season = 0.5 + 0.5 * clock.SHOPPING.season(day)
        for source, medium, campaign, contents, budget, currency, click_cost in SPEND:
            if day not in ON_AIR.get(source, (day,)):
                continue
            for content in contents:
                budget_of_day = budget * season * scale / len(contents)
                cost = round(budget_of_day * rng.uniform(0.85, 1.15), 2)
                clicks = int(cost / click_cost)
                world.rows["ad_spend"].append(
                    {
                        "spend_date": date.date().isoformat(),
                        "utm_source": source,
                        "utm_medium": medium,
                        "utm_campaign": campaign,
                        "utm_content": content,
                        "impressions": clicks * rng.randint(40, 120),
                        "clicks": clicks,
                        "cost": f"{cost:.2f}",
                        "currency_code": currency,
                        "loaded_at": date + timedelta(days=1, hours=5),
                    }
                )


def exchange_rates(world):
    """A rate for each working day: weekends live on Friday's."""
    rates = dict(FIRST_RATES)
    for day in range(-3, clock.DAYS):
        date = clock.BEGIN + timedelta(days=day)
        for currency in rates:
            rates[currency] *= 1 + world.rng.gauss(0, 0.002)
            if date.weekday() < 5:
                world.rows["exchange_rates"].append(
                    {
                        "rate_date": date.date(),
                        "currency_code": currency,
                        "rate": round(rates[currency], 5),
                    }
                )


def lift_tests(world, scale):
    for test_id, channel, goal, first_day, days, users, treated, control in LIFT_TESTS:
        started = clock.BEGIN + timedelta(days=first_day)
        world.rows["lift_tests"].append(
            {
                "test_id": test_id,
                "channel": channel,
                "started_on": started.date(),
                "ended_on": (started + timedelta(days=days - 1)).date(),
                "conversion_type": goal,
                "treated_users": round(users * scale),
                "treated_conversions": round(treated * scale),
                "control_users": round(users * scale),
                "control_conversions": round(control * scale),
            }
        )


def platform_claims(world):
    """Each platform claims about half as much again as the conversions that it took part in."""
    rng, due = world.rng, Counter()
    for (date, platform, goal), conversions in sorted(world.platform_days.items()):
        if goal not in CLAIMED_TYPES:
            continue
        # What rounding leaves counts on the next day, so that small days don't bend the factor.
        due[platform, goal] += conversions * CLAIM_FACTOR * rng.uniform(0.95, 1.05)
        claimed = int(due[platform, goal])
        due[platform, goal] -= claimed
        value = CLAIM_VALUES.get(goal)
        world.rows["platform_claims"].append(
            {
                "claim_date": date,
                "platform": platform,
                "conversion_type": goal,
                "claimed_conversions": str(claimed),
                "claimed_value": claimed * value if value else None,
            }
        )


def erasure_requests(world):
    """Three people ask to be forgotten: by cookie, by login and by e-mail."""
    sessions = world.rows["sessions"]
    for number, (kind, field) in enumerate(
        (("visitor", "visitor_id"), ("user", "user_id"), ("email", "email"))
    ):
        known = [row[field] for row in sessions if row[field]]
        world.rows["erasure_requests"].append(
            {
                "id_type": kind,
                "id": known[len(known) * (number + 1) // 4],
                "requested_at": clock.END - timedelta(days=30 * (number + 1)),
            }
        )


def backend_orders(world):
    """The shop's backend has nearly every order of the web, under the same number.

    With random numbers of its own, and last of all, so that it changes no other row.
    """
    rng = random.Random(11)
    erased = {request["id"] for request in world.rows["erasure_requests"]}
    booked = {row["order_id"] for row in world.rows["conversions"] if is_of(row, "backend")}
    booked.discard(None)
    orders = {}
    for row in world.rows["conversions"]:
        if is_of(row, "web") and is_sound_purchase(row) and row.get("order_id") not in booked:
            orders.setdefault(row["conversion_id"], []).append(row)
    for number, rows in enumerate(orders.values()):
        if rng.random() >= BOOKED_SHARE or rows[0]["visitor_id"] in erased:
            continue
        for row in rows:
            row["order_id"] = row.get("order_id") or f"NW-{number:07d}"
        latest = max(rows, key=lambda row: row["updated_at"])
        booked_at = clock.later(rng, latest["converted_at"], 30, 600)
        row = dict(latest, conversion_id=f"backend-nw-{number:07d}", source_system="backend")
        row.update(visitor_id=None, converted_at=booked_at)
        row["updated_at"] = max(latest["updated_at"], booked_at)
        world.rows["conversions"].append(row)


def is_of(row, system):
    return (row["source_system"] or "web").lower() == system


def is_sound_purchase(row):
    """Not one of the broken copies, which staging rejects."""
    return (
        row["conversion_type"].lower() == "purchase"
        and bool((row["conversion_id"] or "").strip())
        and row["visitor_id"] != "undefined"
        and row.get("currency_code") != "CHF"
        and isinstance(row["converted_at"], datetime)
    )
