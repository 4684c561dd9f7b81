"""Northwind Outfitters sells online: Instagram starts most purchases, others close them."""

from demo_data import clock
from demo_data.traffic import SHOP
from demo_data.world import Step

# Persons and purchases at the standard size of 60,000 sessions.
INSTAGRAM_BUYERS = 8680
OTHER_BUYERS = 1500
BROWSERS = 13_400
PHONE_ORDERS = 150

REPEAT_CLOSERS = {
    "newsletter": 36,
    "google_ads": 25,
    "search": 14,
    "direct": 9,
    "affiliate": 5,
    "google_shopping": 4,
    "instagram_ads": 3.6,
    "referral": 2,
    "sms": 1.6,
}
FINAL_CLOSERS = {
    "direct": 62,
    "newsletter": 14,
    "google_ads": 10,
    "search": 5,
    "instagram_ads": 3.6,
    "affiliate": 2.6,
    "google_shopping": 2,
    "sms": 1,
}
MIDDLES = {
    "instagram_ads": 45,
    "search": 15,
    "newsletter": 12,
    "facebook_ads": 8,
    "youtube": 6,
    "referral": 5,
    "direct": 4,
    "display": 5,
}
OTHER_OPENERS = {
    "search": 40,
    "google_ads": 25,
    "facebook_ads": 15,
    "referral": 10,
    "assistant": 10,
}
BROWSING = {
    "search": 24,
    "direct": 17,
    "google_ads": 14,
    "instagram_ads": 14,
    "instagram_posts": 7,
    "newsletter": 6,
    "display": 4,
    "referral": 4,
    "google_shopping": 3,
    "facebook_ads": 3,
    "assistant": 2,
    "affiliate": 1,
    "youtube": 1,
    "poster": 0.4,
}
CATEGORIES = ("boots", "jackets", "packs", "accessories")


def pick(rng, weights):
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def run(world, scale):
    for _ in range(round(INSTAGRAM_BUYERS * scale)):
        buyer(world, opener="instagram_ads")
    for _ in range(round(OTHER_BUYERS * scale)):
        opener = pick(world.rng, OTHER_OPENERS) if world.rng.random() < 0.5 else None
        buyer(world, opener, denied_share=0.03)
    for _ in range(round(BROWSERS * scale)):
        browser(world)
    for _ in range(round(PHONE_ORDERS * scale)):
        phone_order(world)


def buyer(world, opener, denied_share=0.0):
    """One to four purchases within three months of the first visit, each closed by a visit.

    Earlier closers assist later purchases, as they do in life; the last purchase is mostly closed
    by someone who types the address.
    """
    rng = world.rng
    purchases = rng.choices((1, 2, 3, 4), (35, 35, 20, 10))[0]
    steps = [Step(opener, goals=micro_goals(rng, 0.05))] if opener else []
    for number in range(1, purchases + 1):
        gap = (
            min(rng.expovariate(1 / 6), 15) if number == 1 else min(3 + rng.expovariate(1 / 9), 20)
        )
        if opener and rng.random() < 0.25:
            middle = pick(rng, MIDDLES)
            steps.append(glance(rng, middle, gap / 2, bounce_share=0.1))
            gap /= 2
        closer = pick(rng, FINAL_CLOSERS if number == purchases else REPEAT_CLOSERS)
        steps.append(Step(closer, (*micro_goals(rng), "purchase"), gap))

    person = world.person(SHOP, "returning customer" if purchases > 1 else "prospect", denied_share)
    if rng.random() < 0.2:
        world.add_device(person, rng.randint(1, 2))
    start_day = rng.uniform(-84, clock.DAYS)
    for row in world.live(person, start_day, steps, "shopping"):
        if row["conversion_type"] == "purchase":
            price(world, person, row)


def micro_goals(rng, signup_share=0.0):
    goals = ("product_view",) if rng.random() < 0.22 else ()
    if goals and rng.random() < 0.12:
        goals *= 2  # the same product twice within minutes: a repeat
    return (*goals, "newsletter_signup") if rng.random() < signup_share else goals


def glance(rng, source, after_days, bounce_share, signup_share=0.0):
    """A visit that may end before it has begun."""
    if rng.random() < bounce_share:
        return Step(source, after_days=after_days, is_bounce=True)
    return Step(source, micro_goals(rng, signup_share), after_days)


def price(world, person, row):
    """Value, currency, status and, for some, the same order in the shop's backend."""
    rng = world.rng
    currency = rng.choices(("USD", "EUR", "GBP", None), (60, 18, 12, 10))[0]
    value = round(rng.lognormvariate(4.3, 0.5), 2)
    row.update(value=value, currency_code=currency, product_category=rng.choice(CATEGORIES))
    if rng.random() < 0.4:
        row["order_id"] = f"NO-{world.number():07d}"

    # The system that is trusted most tells how the order ended.
    told_by = row
    if row.get("order_id") and rng.random() < 0.4:
        booked_at = clock.later(rng, row["converted_at"], 30, 600)
        told_by = dict(row, conversion_id=f"backend-{world.number():07d}", source_system="backend")
        told_by.update(visitor_id=None, converted_at=booked_at, updated_at=booked_at)
        world.rows["conversions"].append(told_by)
    told_by["status"] = rng.choices(
        ("confirmed", None, "cancelled", "pending", "refunded"), (88, 7, 1.5, 1, 2.5)
    )[0]
    if told_by["status"] == "refunded" and rng.random() < 0.6:
        told_by["refunded_value"] = round(value * rng.choice((0.25, 0.5, 1.0)), 2)
    if told_by["status"] in ("cancelled", "refunded"):
        told_by["updated_at"] = clock.later(rng, row["converted_at"], 86400, 20 * 86400)
        told_by["loaded_at"] = told_by["updated_at"]


def browser(world):
    """Someone who looks around and never buys."""
    rng = world.rng
    visits = rng.choices((1, 2, 3, 4, 6), (55, 24, 12, 6, 3))[0]
    person = world.person(SHOP, "prospect", denied_share=0.04)
    steps = [
        glance(
            rng, pick(rng, BROWSING), rng.expovariate(1 / 9), bounce_share=0.35, signup_share=0.03
        )
        for _ in range(visits)
    ]
    world.live(person, rng.uniform(0, clock.DAYS), steps, "shopping")
    if rng.random() < 0.12:
        show_ads_and_mails(world, person)


def show_ads_and_mails(world, person):
    """Views: seen, not followed."""
    rng = world.rng
    for _ in range(rng.randint(1, 3)):
        at = clock.moment(rng, rng.uniform(0, clock.DAYS - 3), "shopping")
        kind = rng.choice(("impression", "email_open"))
        fields = {}
        if kind == "email_open" and rng.random() < 0.7:
            fields = {"utm_source": "klaviyo", "utm_medium": "email", "utm_campaign": "Weekly+Edit"}
        world.interact(person, at, kind, **fields)


def phone_order(world):
    """An order by phone: only the backend knows it, and no touch leads to it."""
    rng = world.rng
    person = world.person(SHOP, "phone customer")
    at = clock.moment(rng, rng.uniform(0, clock.DAYS - 3), "office")
    row = world.convert(person, 0, at, "purchase", "backend", order_id=f"NO-{world.number():07d}")
    row.update(visitor_id=None, user_id=None, value=round(rng.lognormvariate(4.3, 0.5), 2))
    row["email"] = person.email if rng.random() < 0.7 else None
