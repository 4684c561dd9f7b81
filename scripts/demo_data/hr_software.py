"""PeopleGrid sells HR software: content opens journeys, a podcast helps, email closes."""

from datetime import timedelta

from demo_data import clock, visitor_rows
from demo_data.retailer import pick
from demo_data.traffic import HR
from demo_data.visitors import Crowd
from demo_data.world import Step

# Accounts at the standard size.
DEALS = 380
PODCAST_PERCENT_OF_DEALS = 36
LONGEST_DEAL_DAYS = 130
SIGNED_ONLINE = 0.75
SINGLE_GOALS = {"lead": 420, "demo_request": 360, "trial_start": 300}
LISTENERS = 700
VISITORS = 16_000

OPENERS = {"hr_blog": 66, "hr_linkedin": 12, "hr_assistant": 8, "hr_reviews": 8, "hr_google_ads": 6}
MIDDLES = {"hr_blog": 40, "hr_email": 20, "hr_linkedin": 16, "hr_reviews": 14, "hr_google_ads": 10}
CLOSERS = {"hr_email": 66, "hr_direct": 18, "hr_google_ads": 10, "hr_blog": 6}
READING = {
    "hr_blog": 56,
    "hr_linkedin": 15,
    "hr_direct": 8,
    "hr_assistant": 7,
    "hr_google_ads": 8,
    "hr_email": 3,
    "hr_podcast_link": 3,
}
CROWD = Crowd(
    site=HR,
    rhythm=clock.OFFICE,
    openers=READING,
    returns={
        "hr_blog": 34,
        "hr_email": 28,
        "hr_direct": 13,
        "hr_linkedin": 10,
        "hr_reviews": 7,
        "hr_google_ads": 6,
        "hr_assistant": 2,
    },
    bounces={"hr_linkedin": 0.6, "hr_google_ads": 0.5, "hr_direct": 0.4, "hr_email": 0.4},
    usual_bounces=0.52,
    devices={"desktop": 0.72, "mobile": 0.25, "tablet": 0.03},
    audience="reader",
    goals={"content_download": 0.03},
    user_prefix="hr-",
    mail_source="hr_email",
    days_between=11.0,
)
FIRST_VISITOR = 3_000_000
PLANS = {"starter": 3_900, "growth": 14_000, "enterprise": 46_000}
# Contacts are mostly made in person: no browser sees them.
MEETINGS = ("call", "event", "survey", "direct_mail", "email_click")


def run(world, scale):
    deals = round(DEALS * scale)
    # Deals begin evenly over the year, listeners evenly among them: few as they are, chance alone
    # would bend the share.
    spacing = (LONGEST_DEAL_DAYS + clock.DAYS) / max(deals, 1)
    for number in range(deals):
        hears_podcast = number * PODCAST_PERCENT_OF_DEALS % 100 < PODCAST_PERCENT_OF_DEALS
        deal(world, number * spacing - LONGEST_DEAL_DAYS, hears_podcast)
    for goal, accounts in SINGLE_GOALS.items():
        for _ in range(round(accounts * scale)):
            single_goal(world, goal)
    for _ in range(round(LISTENERS * scale)):
        listener(world)
    visitors = round(VISITORS * scale)
    world.add_columns(visitor_rows.rows(world.rng, world.numbers, CROWD, visitors, FIRST_VISITOR))


def opening(rng):
    goals = ("content_download",) if rng.random() < 0.3 else ()
    return Step(pick(rng, OPENERS), goals)


def middle(rng, after_days):
    return reading(rng, pick(rng, MIDDLES), after_days, bounce_share=0.08, download_share=0.12)


def reading(rng, source, after_days, bounce_share, download_share):
    if rng.random() < bounce_share:
        return Step(source, after_days=after_days, is_bounce=True)
    return Step(source, ("content_download",) * (rng.random() < download_share), after_days)


def deal(world, start_day, hears_podcast):
    """A deal of one to five months: content, a demo, more touches, a closing visit, a signature."""
    rng = world.rng
    pace = rng.uniform(0.5, 1.6)
    steps = [opening(rng)]
    steps += [middle(rng, pace * rng.uniform(3, 12)) for _ in range(rng.randint(1, 2))]
    steps.append(Step(pick(rng, CLOSERS), ("demo_request",), pace * rng.uniform(2, 10)))
    steps += [middle(rng, pace * rng.uniform(3, 12)) for _ in range(rng.randint(0, 2))]
    if rng.random() < 0.5:
        meeting = rng.choice(MEETINGS)
        steps.append(Step(interaction=meeting, after_days=pace * rng.uniform(2, 12)))
    if hears_podcast:
        for _ in range(rng.choice((1, 1, 2))):
            episode = Step(interaction="podcast", after_days=pace * rng.uniform(1, 9))
            steps.insert(rng.randint(1, len(steps) - 1), episode)
    steps.append(Step(pick(rng, CLOSERS), after_days=pace * rng.uniform(2, 12)))
    steps.append(Step(goals=("enterprise_deal",), after_days=rng.uniform(0.2, 3)))

    person = world.person(HR, rng.choice(("people team", "finance", "founder")))
    # The CRM knows contact and e-mail only; the links lead from there to the browser.
    if rng.random() < 0.5:
        world.add_device(person, rng.randint(1, 4))
    else:
        world.link_chain(person)
    demo_at = None
    for row in world.live(person, start_day, steps, clock.OFFICE):
        if row["conversion_type"] == "demo_request":
            row["lead_stage"] = "sql"
            demo_at = row["converted_at"]
        elif row["conversion_type"] == "enterprise_deal":
            sign(world, row, demo_at)


def sign(world, row, demo_at):
    """Turn the conversion into a CRM deal; for some the web saw the signature too."""
    rng = world.rng
    plan = rng.choices(tuple(PLANS), (20, 45, 35))[0]
    web_row = dict(row)
    signed_at = clock.later(rng, row["converted_at"], 1800, 2 * 86400)
    row.update(
        conversion_id=f"006{world.number():09d}",
        source_system=rng.choice(("crm", "CRM")),
        visitor_id=None,
        user_id=row["_person"],
        order_id=f"PG-{world.number():06d}",
        value=round(PLANS[plan] * rng.lognormvariate(-0.03, 0.2), 2),
        currency_code=rng.choices(("USD", "EUR", "GBP"), (50, 35, 15))[0],
        status=rng.choices(("confirmed", "cancelled", "pending"), (94, 3, 3))[0],
        plan_tier=plan,
        lead_stage="customer",
    )
    if rng.random() < SIGNED_ONLINE:
        # Both systems know the deal; the web's value is the list price, the CRM's the true one.
        world.rows["conversions"].append(
            dict(
                web_row,
                order_id=row["order_id"],
                value=PLANS[plan],
                currency_code=row["currency_code"],
            )
        )
        row["converted_at"] = row["updated_at"] = min(signed_at, clock.EXTRACTED_AT)
    loaded_at = clock.later(rng, row["converted_at"], 3600, 5 * 86400)
    if rng.random() < 0.1:
        loaded_at = clock.later(rng, row["converted_at"], 60 * 86400, 150 * 86400)
    row["loaded_at"] = loaded_at
    stages(world, row, demo_at)


def stages(world, row, demo_at):
    """CRM stages, by conversion or by order; some deals lack one or all."""
    rng = world.rng
    if rng.random() < 0.1:
        return
    begun = demo_at or row["converted_at"] - timedelta(days=30)
    halfway = begun + (row["converted_at"] - begun) * rng.uniform(0.3, 0.8)
    by_order = rng.random() < 0.3
    key = (
        {"order_id": row["order_id"]}
        if by_order
        else {"conversion_id": row["conversion_id"], "source_system": row["source_system"]}
    )
    entered = {"lead": begun, "opportunity": halfway, "customer": row["converted_at"]}
    for stage, entered_at in entered.items():
        if stage != "opportunity" or rng.random() < 0.9:
            stage = stage.title() if rng.random() < 0.1 else stage
            world.rows["crm_stages"].append({**key, "stage": stage, "entered_at": entered_at})


def single_goal(world, goal):
    """Content opens, a few more touches, and mostly an e-mail closes."""
    rng = world.rng
    steps = [opening(rng)]
    steps += [middle(rng, rng.uniform(1, 14)) for _ in range(rng.randint(0, 3))]
    if rng.random() < 0.08:
        steps.append(Step(interaction="podcast", after_days=rng.uniform(1, 8)))
    goals = (goal, goal) if goal == "demo_request" and rng.random() < 0.08 else (goal,)
    steps.append(Step(pick(rng, CLOSERS), goals, rng.uniform(1, 10)))
    person = world.person(HR, rng.choice(("people team", "finance", "founder")))
    if rng.random() < 0.3:
        world.add_device(person, rng.randint(1, 3))
    for row in world.live(person, rng.uniform(-60, clock.DAYS), steps, clock.OFFICE):
        if row["conversion_type"] == goal:
            row["lead_stage"] = rng.choice(("mql", "sql", None))
            row["plan_tier"] = rng.choice(tuple(PLANS)) if goal == "trial_start" else None


def listener(world):
    """Hears the podcast, reads the blog, and asks for nothing."""
    rng = world.rng
    person = world.person(HR, "reader")
    steps = [Step(interaction=rng.choice(("podcast", "podcast", "podcast", "event", "other")))]
    for _ in range(rng.choice((1, 1, 2, 3))):
        visit = reading(
            rng, pick(rng, READING), rng.expovariate(1 / 9), bounce_share=0.4, download_share=0.05
        )
        steps.insert(rng.randint(0, len(steps)), visit)
    world.live(person, rng.uniform(-20, clock.DAYS), steps, clock.OFFICE)
