"""What real data has wrong with it: bad rows in small shares, odd spellings, shared keys, bots.

Bad rows are added as broken copies of good ones, so that the stories stay whole.
"""

from datetime import timedelta

from demo_data import clock
from demo_data.traffic import SHOP

JUNK = ("null", "undefined", "(not set)", "anonymous", "0", "", "  ")
BAD_STAMPS = ("0000-00-00 00:00:00", "31/12/2025 25:00", "yesterday", "")
BOT_AGENTS = (
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
)
NO_IDENTITY = {"visitor_id": "undefined", "user_id": " ", "email": "null"}
HOUSEHOLD_SHARE = 0.03  # of the cookies of people who log in
KIOSK_USERS = 40
# The nightly tests log in with a fresh cookie: more than a thousand browsers, one e-mail.
TEST_ACCOUNT = f"qa@{SHOP}"
TEST_RUNS_A_DAY = 3


def run(world):
    bots(world)
    internal_visits(world)
    kiosk(world)
    test_account(world)
    ugly_sessions(world)
    ugly_conversions(world)
    ugly_interactions(world)
    ugly_spend_and_claims(world)
    ugly_links_and_stages(world)
    households(world)


def sample(rng, rows, share):
    """The given share of the rows, at least one, in their order."""
    count = min(len(rows), max(1, round(len(rows) * share)))
    return [rows[position] for position in sorted(rng.sample(range(len(rows)), count))]


def copies(world, table, key, share):
    """Copies of some rows under keys of their own, appended to the table, to be broken."""
    copied = []
    rows = world.rows[table]
    # A share of all rows, though only those made one by one are copied.
    of_rows = min(1, share * world.size(table) / max(1, len(rows)))
    for row in sample(world.rng, rows, of_rows):
        row = dict(row)
        if key:
            row[key] = f"{row[key]}-{world.number()}"
        copied.append(row)
    world.rows[table] += copied
    return copied


def bots(world):
    for row in copies(world, "sessions", "session_id", 0.008):
        row.update(visitor_id=world.visitor_id(), user_id=None, email=None, is_bot=True)
    for row in copies(world, "sessions", "session_id", 0.008):
        agent = world.rng.choice(BOT_AGENTS)
        row.update(visitor_id=world.visitor_id(), user_id=None, email=None, user_agent=agent)
        row["is_bot"] = None


def internal_visits(world):
    colleagues = [f"staff-{number:03d}" for number in range(25)]
    for row in copies(world, "sessions", "session_id", 0.006):
        row.update(visitor_id=world.visitor_id(), user_id=None, email=None, is_internal=True)
        row["user_id"] = world.rng.choice(colleagues)


def kiosk(world):
    """The tablet in the flagship store, on which many customers log in."""
    rows = copies(world, "sessions", "session_id", 1.5 * KIOSK_USERS / world.size("sessions"))
    for number, row in enumerate(rows):
        row.update(visitor_id="kiosk-flagship-01", email=None, device_type="tablet")
        row["user_id"] = f"c-store-{number % KIOSK_USERS:03d}"


def households(world):
    """Couples who share a computer: both leave the same cookie in the shop."""
    owners = {
        row["visitor_id"]: row["user_id"]
        for row in world.rows["sessions"]
        if row["_site"] == SHOP
        and row["visitor_id"]
        and row["user_id"]
        and row["visitor_id"].strip() not in JUNK
    }
    count = round(HOUSEHOLD_SHARE * len(owners))
    chosen = world.rng.sample(sorted(owners), 2 * count)
    shared = dict(zip(chosen[:count], chosen[count:]))
    for table in ("sessions", "conversions", "interactions", "identity_links"):
        for row in world.rows[table]:
            column = "left_id" if table == "identity_links" else "visitor_id"
            if row.get(column) in shared:
                row[column] = shared[row[column]]


def test_account(world):
    rng = world.rng
    for day in range(clock.DAYS):
        for run in range(TEST_RUNS_A_DAY):
            world.rows["identity_links"].append(
                {
                    "left_type": "visitor",
                    "left_id": f"qa-{day:03d}-{run}",
                    "right_type": "email",
                    "right_id": TEST_ACCOUNT,
                    "linked_at": clock.BEGIN + timedelta(days=day, hours=2 + run),
                }
            )
    for row in copies(world, "sessions", "session_id", 0.0005):
        day = (row["started_at"] - clock.BEGIN).days
        row.update(visitor_id=f"qa-{day:03d}-{rng.randrange(TEST_RUNS_A_DAY)}", user_id=None)
        row["email"] = TEST_ACCOUNT


def ugly_sessions(world):
    rng, rows = world.rng, world.rows["sessions"]
    for row in sample(rng, rows, 0.04):
        row["ended_at"] = None
    for row in sample(rng, rows, 0.003):
        row["ended_at"] = row["started_at"] - timedelta(minutes=7)
    for row in sample(rng, rows, 0.03):
        row["engaged_seconds"] = None
    for row in sample(rng, rows, 0.003):
        row["engaged_seconds"] = -1
    for row in sample(rng, rows, 0.002):
        row["engaged_seconds"] = "12,5"
    for row in sample(rng, rows, 0.02):
        row["page_views"] = None
    for row in sample(rng, rows, 0.01):
        row["consent_state"] = row["consent_state"] and f" {row['consent_state'].title()}"
    for row in sample(rng, rows, 0.01):
        row["loaded_at"] += timedelta(days=rng.randint(2, 25))
    # Trackers write a word where they know nobody; read as an id, it would merge all of these.
    for row in sample(rng, rows, 0.01):
        row["user_id"] = row["user_id"] or rng.choice(JUNK)
    for row in sample(rng, rows, 0.002):
        row["landing_url"] += "#pos=100%"

    # The loader wrote some visits before they ended, and again afterwards.
    for row in sample(rng, rows, 0.006):
        first = dict(row, ended_at=None, engaged_seconds=5, page_views=1)
        first["loaded_at"] = row["started_at"] + timedelta(seconds=30)
        rows.append(first)
    for row in sample(rng, rows, 0.001):
        rows.append(dict(row))

    for row in copies(world, "sessions", None, 0.0015):
        row["session_id"] = rng.choice((None, "", "  "))
    for row in copies(world, "sessions", "session_id", 0.003):
        row.update(NO_IDENTITY, visitor_id=rng.choice(JUNK))
    for row in copies(world, "sessions", "session_id", 0.0015):
        row["started_at"] = rng.choice(BAD_STAMPS)


def ugly_conversions(world):
    rng, rows = world.rng, world.rows["conversions"]
    for row in sample(rng, rows, 0.03):
        row["email"] = row.get("email") and f" {row['email'].title()}"
    for row in sample(rng, rows, 0.02):
        row["conversion_type"] = row["conversion_type"].title()
    for row in sample(rng, rows, 0.02):
        row["source_system"] = (
            None if row["source_system"] == "web" else row["source_system"].upper()
        )
    for row in sample(rng, rows, 0.01):
        row["user_id"] = row["user_id"] or rng.choice(JUNK)
    for row in sample(rng, rows, 0.002):
        row["value"] = "12,5"
    for row in sample(rng, rows, 0.01):
        row["status"] = "complete" if row["status"] == "confirmed" else row["status"]

    # An older version of the same conversion, which the later one replaces.
    for row in sample(rng, rows, 0.006):
        first = dict(row, status="pending", value=1)
        first["updated_at"] = row["updated_at"] - timedelta(hours=1)
        rows.append(first)

    for row in copies(world, "conversions", None, 0.001):
        row["conversion_id"] = rng.choice((None, "", " "))
    broken = (
        ({**NO_IDENTITY, "order_id": None}, 0.0015),
        ({"conversion_type": "wishlist_add"}, 0.002),
        ({"currency_code": "CHF", "value": 99.0}, 0.001),
    )
    for changes, share in broken:
        for row in copies(world, "conversions", "conversion_id", share):
            row.update({"order_id": None, **changes})
    for row in copies(world, "conversions", "conversion_id", 0.001):
        row.update(order_id=None, converted_at=rng.choice(BAD_STAMPS))


def ugly_interactions(world):
    rng, rows = world.rng, world.rows["interactions"]
    for row in sample(rng, rows, 0.02):
        row["interaction_type"] = row["interaction_type"].upper()
    for row in sample(rng, rows, 0.005):
        rows.append(dict(row, loaded_at=row["loaded_at"] - timedelta(hours=1)))
    for row in copies(world, "interactions", "interaction_id", 0.002):
        row["interaction_type"] = "carrier_pigeon"
    for row in copies(world, "interactions", "interaction_id", 0.002):
        row["email"] = rng.choice(JUNK)
    for row in copies(world, "interactions", "interaction_id", 0.002):
        row["touched_at"] = rng.choice(BAD_STAMPS)


def ugly_spend_and_claims(world):
    rng = world.rng
    for changes in (
        {"cost": "12,5"},
        {"cost": f"-{rng.randint(5, 40)}.00"},
        {"utm_source": " "},
        {"spend_date": "2026-02-30"},
        {"currency_code": "CHF"},
    ):
        for row in copies(world, "ad_spend", None, 0.001):
            row.update(changes)
    for row in copies(world, "platform_claims", None, 0.002):
        row["claimed_conversions"] = "12,5"


def ugly_links_and_stages(world):
    rng = world.rng
    for row in copies(world, "identity_links", None, 0.003):
        row["right_id"] = rng.choice(JUNK)
    for row in copies(world, "identity_links", None, 0.001):
        row["left_type"] = "fingerprint"
    # Links that are told again and again.
    copies(world, "identity_links", None, 0.02)
    for row in copies(world, "crm_stages", None, 0.005):
        row["stage"] = " "
