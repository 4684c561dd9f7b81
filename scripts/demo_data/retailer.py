"""Northwind Outfitters sells online: Instagram starts every second purchase, others close them."""

from dataclasses import replace

from demo_data import clock, visitor_rows
from demo_data.traffic import SHOP, sources_on
from demo_data.visitors import Crowd
from demo_data.world import Step

# Persons and orders at the standard size.
INSTAGRAM_BUYERS = 12_600
OTHER_BUYERS = 11_000
PHONE_ORDERS = 350
VISITORS = 240_000

# How many purchases a buyer makes in some three months, by weight.
INSTAGRAM_PURCHASES = {1: 62, 2: 25, 3: 9, 4: 4}
# Of the buyers whom Instagram helped to win, those who had found the shop in another way.
FOUND_BEFORE = 0.4
OTHER_PURCHASES = {1: 76, 2: 17, 3: 5, 4: 2}
# From this day on the affiliates are bloggers who recommend; before, voucher sites at the till.
BLOGGERS_FROM = 250

REPEAT_CLOSERS = {
    "newsletter": 30,
    "google_ads": 22,
    "search": 14,
    "direct": 9,
    "affiliate": 8,
    "google_shopping": 8,
    "instagram_ads": 3,
    "referral": 5,
    "sms": 4,
}
FINAL_CLOSERS = {
    "direct": 42,
    "newsletter": 12,
    "google_ads": 12,
    "search": 9,
    "referral": 3,
    "instagram_ads": 3,
    "affiliate": 6,
    "google_shopping": 6,
    "sms": 2.5,
}
MIDDLES = {
    "instagram_ads": 45,
    "search": 15,
    "newsletter": 12,
    "facebook_ads": 8,
    "youtube": 6,
    "referral": 5,
    "direct": 4,
    "display": 8,
}
OTHER_OPENERS = {
    "search": 38,
    "google_ads": 24,
    "facebook_ads": 10,
    "google_shopping": 8,
    "referral": 7,
    "assistant": 5,
    "direct": 5,
    "instagram_posts": 3,
}
# The buyers that Instagram did not bring hardly ever meet its ads.
OTHER_MIDDLES = MIDDLES | {"instagram_ads": 3, "search": 40, "newsletter": 30}
OTHER_FINAL_CLOSERS = {
    "direct": 25,
    "search": 25,
    "google_ads": 23,
    "newsletter": 15,
    "google_shopping": 6,
    "affiliate": 6,
    "referral": 2,
    "sms": 2.5,
    "instagram_ads": 0.5,
    "assistant": 1,
}
CROWD = Crowd(
    site=SHOP,
    rhythm=clock.SHOPPING,
    openers={
        "instagram_ads": 40,
        "search": 21,
        "google_ads": 12,
        "direct": 11,
        "facebook_ads": 6,
        "instagram_posts": 5,
        "display": 5,
        "google_shopping": 4,
        "referral": 3.5,
        "newsletter": 2.5,
        "tiktok_ads": 3,
        "youtube": 1.4,
        "assistant": 2,
        "affiliate": 1,
        "poster": 0.3,
    },
    returns={
        "direct": 50,
        "newsletter": 28,
        "search": 15,
        "google_ads": 16,
        "instagram_ads": 8,
        "display": 3,
        "google_shopping": 7,
        "facebook_ads": 2,
        "affiliate": 4,
        "referral": 3,
        "sms": 2,
        "instagram_posts": 1.5,
        "assistant": 1,
        "youtube": 1,
    },
    bounces={
        "display": 0.75,
        "instagram_ads": 0.46,
        "facebook_ads": 0.62,
        "tiktok_ads": 0.8,
        "direct": 0.34,
        "newsletter": 0.32,
    },
    usual_bounces=0.42,
    devices={"desktop": 0.3, "mobile": 0.63, "tablet": 0.07},
    audience="prospect",
    goals={"product_view": 0.008, "newsletter_signup": 0.005},
    user_prefix="c",
    mail_source="newsletter",
)
FIRST_VISITOR = 1_000_000
CATEGORIES = ("boots", "jackets", "packs", "accessories")


def pick(rng, weights):
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def run(world, scale):
    for _ in range(round(INSTAGRAM_BUYERS * scale)):
        purchases = pick(world.rng, INSTAGRAM_PURCHASES)
        buyer(world, "instagram_ads", purchases, MIDDLES, FINAL_CLOSERS)
    for _ in range(round(OTHER_BUYERS * scale)):
        opener = pick(world.rng, OTHER_OPENERS) if world.rng.random() < 0.6 else None
        purchases = pick(world.rng, OTHER_PURCHASES)
        buyer(world, opener, purchases, OTHER_MIDDLES, OTHER_FINAL_CLOSERS)
    for _ in range(round(PHONE_ORDERS * scale)):
        phone_order(world)
    visitors = round(VISITORS * scale)
    world.add_columns(visitor_rows.rows(world.rng, world.numbers, CROWD, visitors, FIRST_VISITOR))


def buyer(world, opener, purchases, middles, final_closers):
    """Purchases within three months of the first visit, each closed by a visit.

    Earlier closers assist later purchases, as they do in life; the last purchase is mostly closed
    by someone who types the address.
    """
    rng = world.rng
    day = start_day = rng.uniform(-84, clock.DAYS)
    steps = openings(rng, opener)
    for number in range(1, purchases + 1):
        gap = (
            min(rng.expovariate(1 / 6), 15) if number == 1 else min(3 + rng.expovariate(1 / 9), 20)
        )
        day += gap
        if opener and rng.random() < 0.25:
            middle = pick(rng, recommended(sources_on(middles, day), day))
            steps.append(glance(rng, middle, gap / 2, bounce_share=0.1))
            gap /= 2
        closers = final_closers if number == purchases else REPEAT_CLOSERS
        closer = pick(rng, at_the_till(sources_on(closers, day), day))
        steps.append(Step(closer, (*micro_goals(rng), "purchase"), gap))

    person = world.person(SHOP, "returning customer" if purchases > 1 else "prospect")
    if rng.random() < 0.2:
        world.add_device(person, rng.randint(1, 2))
    for row in world.live(person, start_day, steps, clock.SHOPPING):
        if row["conversion_type"] == "purchase":
            price(world, person, row)
    if rng.random() < 0.07:
        show_ads_and_mails(world, person)


def openings(rng, opener):
    """The first visit, if it is not a purchase already."""
    if not opener:
        return []
    first = Step(opener, goals=micro_goals(rng, 0.04))
    if opener == "instagram_ads" and rng.random() < FOUND_BEFORE:
        return [Step(pick(rng, OTHER_OPENERS)), replace(first, after_days=rng.expovariate(1 / 6))]
    return [first]


def at_the_till(closers, day):
    return closers if day < BLOGGERS_FROM else closers | {"affiliate": 0.6}


def recommended(middles, day):
    return middles if day < BLOGGERS_FROM else middles | {"affiliate": 22}


def micro_goals(rng, signup_share=0.0):
    goals = ("product_view",) if rng.random() < 0.08 else ()
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


def show_ads_and_mails(world, person):
    """Views: seen, not followed."""
    rng = world.rng
    for _ in range(rng.randint(1, 3)):
        at = clock.SHOPPING.at(rng.uniform(0, clock.DAYS - 3))
        kind = rng.choice(("impression", "email_open"))
        fields = {}
        if kind == "email_open" and rng.random() < 0.7:
            fields = {"utm_source": "klaviyo", "utm_medium": "email", "utm_campaign": "Weekly+Edit"}
        world.interact(person, at, kind, **fields)


def phone_order(world):
    """An order by phone: only the backend knows it, and no touch leads to it."""
    rng = world.rng
    person = world.person(SHOP, "phone customer")
    at = clock.OFFICE.at(rng.uniform(0, clock.DAYS - 3))
    row = world.convert(person, 0, at, "purchase", "backend", order_id=f"NO-{world.number():07d}")
    row.update(visitor_id=None, user_id=None, value=round(rng.lognormvariate(4.3, 0.5), 2))
    row["email"] = person.email if rng.random() < 0.7 else None
