"""Calibration by lift tests, on worlds whose truth is known, and against the reference.

The worlds share one build: each has a conversion type, or days, of its own.
"""

import random
from collections import defaultdict
from datetime import date, datetime, timedelta
from math import sqrt

import pytest
from conftest import ROOT, build_or_fail, fetch, write_csv
from reference.experiments import BASELINE, NUMBERS, Experiments
from reference.seeds import Seeds

SEEDS = Seeds(ROOT / "seeds")
SELECTION = [
    "--indirect-selection", "cautious",
    "--select", "+rpt_calibrated_assists", "+audit_lift_tests", "+fct_attribution_credits",
    "+audit_row_counts",
]  # fmt: skip
TAGS = {
    "Paid Search": ("google", "cpc"),
    "Paid Social": ("facebook", "cpc"),
    "Email": ("newsletter", "email"),
    "Affiliates": ("partner", "affiliate"),
    "Direct": (None, None),
    "Display": ("banners", "display"),
    "Audio": ("a show", "audio"),
    "SMS": ("texts", "sms"),
}
MACRO = ["purchase", "lead", "demo_request", "trial_start", "enterprise_deal"]


class World:
    """Raw tables, filled one by one."""

    def __init__(self):
        self.sessions, self.conversions, self.tests = [], [], []

    def visit(self, visitor, channel, at):
        source, medium = TAGS[channel]
        self.sessions.append(
            {
                "session_id": f"s{len(self.sessions)}",
                "visitor_id": visitor,
                "started_at": at.isoformat(),
                "utm_source": source,
                "utm_medium": medium,
            }
        )

    def convert(self, kind, channels, day, persons=1, times=1):
        """Persons who take these channels and convert at once, some of them several times."""
        for _ in range(persons):
            visitor = f"v{len(self.conversions)}"
            for hour in range(times):
                at = datetime.fromisoformat(day) + timedelta(hours=2 * hour)
                for minute, channel in enumerate(channels):
                    self.visit(visitor, channel, at + timedelta(minutes=minute))
                self.conversions.append(
                    {
                        "conversion_id": f"c{len(self.conversions)}",
                        "visitor_id": visitor,
                        "conversion_type": kind,
                        "converted_at": (at + timedelta(minutes=50)).isoformat(),
                    }
                )

    def test(self, test_id, channel, kind, days, *numbers):
        """`numbers`: users and conversions of the treated, then of the control group."""
        started_on, ended_on = days if isinstance(days, tuple) else (days, days)
        self.tests.append(
            {
                "test_id": test_id,
                "channel": channel,
                "conversion_type": kind,
                "started_on": started_on,
                "ended_on": ended_on,
            }
            | dict(zip(NUMBERS, numbers, strict=True))
        )


def calibrating_worlds():
    world = World()
    # The data begin and end with a visit; both lie outside every test.
    world.visit("begin", "Direct", datetime(2025, 1, 1))
    world.visit("end", "Direct", datetime(2026, 12, 31))
    null_tests(world)
    a_part_and_a_pilot(world)
    more_gained_than_there_was(world)
    persons_who_buy_often(world)
    without_a_type(world)
    not_to_use(world)
    random_tests(world)
    return world


def null_tests(world):
    world.convert("purchase", ["Paid Search"], "2026-01-10", 4080)
    world.convert("purchase", ["Email"], "2026-01-10", 4080)
    world.test("null", "Paid Search", "purchase", "2026-01-10", 10**6, 4000, 10**6, 3999)
    world.test("other null", "Email", "purchase", "2026-01-10", 10**6, 4000, 10**6, 4001)


def a_part_and_a_pilot(world):
    # 10,000 of 100,000 users treated, 10,000 not; 50 of 100 conversions are the channel's.
    world.convert("lead", ["Paid Search"], "2026-02-10", 450)
    world.convert("lead", ["Direct"], "2026-02-10", 500)
    world.test("a part", "paid search", "lead", "2026-02-10", 10_000, 100, 10_000, 50)
    # Everybody is in the test, and a pilot before.
    world.convert("demo_request", ["Paid Search"], "2026-03-10", 500)
    world.convert("demo_request", ["Direct"], "2026-03-10", 1000)
    days = "2026-03-09", "2026-03-10"
    world.test("full", "PAID SEARCH", "demo_request", days, 10_000, 1000, 10_000, 500)
    world.test("pilot", "Paid Search", "demo_request", days, 10, 0, 10, 0)
    world.test("small", "Paid Search", "demo_request", days, 10, 1, 10, 1)


def more_gained_than_there_was(world):
    world.convert("trial_start", ["Paid Search"], "2026-04-10", 150)
    world.convert("trial_start", ["Paid Social"], "2026-04-10", 100)
    world.convert("trial_start", ["Direct"], "2026-04-10", 150)
    world.test("gain", "Paid Search", "trial_start", "2026-04-10", 1000, 100, 1000, 4)
    world.test("loss", "Paid Social", "trial_start", "2026-04-10", 1000, 60, 1000, 90)


def persons_who_buy_often(world):
    world.convert("enterprise_deal", ["Email"], "2026-05-10", 60, times=3)
    world.test("often", "Email", "enterprise_deal", "2026-05-10", 500, 90, 500, 60)


def without_a_type(world):
    for kind, persons in zip(MACRO, [50, 40, 30, 20, 10]):
        world.convert(kind, ["Affiliates", "Direct"], "2026-06-10", persons)
        world.convert(kind, ["Affiliates"], "2026-06-11", persons)
    world.convert("newsletter_signup", ["Affiliates"], "2026-06-10", 25)
    days = "2026-06-10", "2026-06-11"
    world.test("all", "Affiliates", None, days, 1000, 100, 1000, 40)
    world.test("all again", "Affiliates", None, "2026-06-11", 1000, 50, 1000, 30)
    world.test("own", "Affiliates", "lead", days, 1000, 30, 1000, 20)
    # A test of its own that is not used: the type is left to the tests without a type.
    world.test("own, not used", "Affiliates", "purchase", days, 10, 200, 10, 20)
    world.test("micro", "Affiliates", "newsletter_signup", days, 100, 12, 100, 8)


def not_to_use(world):
    world.convert("lead", ["Display"], "2025-03-31", 30)
    world.convert("lead", ["Display"], "2025-04-01", 30)
    good = 100, 8, 100, 4
    day = "2026-02-10"
    for test_id, channel, kind, days, numbers in [
        ("minus", "Audio", "lead", day, (100, -5, 100, 4)),
        ("no treated users", "Audio", "lead", day, (0, 0, 100, 4)),
        ("no control users", "Audio", "lead", day, (100, 8, 0, 0)),
        ("11 of a user", "Audio", "lead", day, (1, 11, 100, 4)),
        ("10 of a user", "Audio", "lead", day, (10, 100, 100, 4)),
        ("minus two users", "Audio", "lead", day, (-2, 8, 100, 4)),
        ("ends before it starts", "Audio", "lead", (day, "2026-02-09"), good),
        ("both", "Audio", "lead", (day, "2026-02-09"), (-1, 8, 100, 4)),
        ("unknown channel", "Radio", "lead", day, good),
        ("unknown type", "Email", "subscription", day, good),
        ("no path", "Audio", "lead", day, good),
        ("no path", "Audio", "purchase", day, good),
        ("before the data", "Display", "lead", ("2024-12-01", "2025-04-01"), good),
        ("a day too early", "Display", "lead", "2025-03-31", good),
        ("just in time", "Display", "lead", "2025-04-01", good),
        ("again", "DISPLAY", "lead", "2025-04-01", good),
        ("just in time, later", "Display", "lead", "2025-04-01", good),
        ("after the data", "Display", "lead", ("2025-04-01", "2027-01-01"), good),
        ("all of time", "Display", "lead", ("0001-01-01", "9999-12-31"), good),
        ("more than there are", "Display", "lead", "2025-04-01", (100, 20, 100, 11)),
        ("all in the control group", "Display", "lead", "2025-04-01", (100, 0, 100, 30)),
        # 180 days of enterprise_deal are too many, and it counts for that type too.
        ("one type too early", "Display", None, "2025-04-01", good),
    ]:
        world.test(test_id, channel, kind, days, *numbers)


REASONS = {
    "minus": "bad_counts",
    "no treated users": "bad_counts",
    "no control users": "bad_counts",
    "11 of a user": "bad_counts",
    "10 of a user": "no_credit",
    "minus two users": "bad_counts",
    "ends before it starts": "bad_dates",
    "both": "bad_counts",
    "unknown channel": "unknown_channel",
    "unknown type": "unknown_conversion_type",
    "no path": "no_credit",
    "before the data": "outside_data",
    "a day too early": "outside_data",
    "again": None,
    "just in time": "repeated",
    "just in time, later": "repeated",
    "after the data": "outside_data",
    "all of time": "outside_data",
    "more than there are": "more_than_data",
    "all in the control group": "more_than_data",
    "one type too early": "outside_data",
    "own, not used": "bad_counts",
    "a part": None,
}


def random_tests(world, seed=3):
    dice = random.Random(seed)
    channels = ["SMS", "Audio", "Display"]
    for number in range(150):
        path = dice.choices(channels, k=dice.randint(1, 4))
        day = f"2026-08-{dice.randint(1, 20):02}"
        world.convert(dice.choice([*MACRO, "content_download"]), path, day, 1, dice.choice([1, 2]))
        if number % 10 == 0:
            kind = dice.choice([None, None, *MACRO, "content_download"])
            days = f"2026-08-{dice.randint(1, 6):02}", f"2026-08-{dice.randint(8, 20):02}"
            treated, control = dice.randint(0, 12), dice.randint(0, 8)
            world.test(f"random {number}", dice.choice(channels), kind, days,
                       dice.randint(20, 60), treated, dice.randint(20, 60), control)  # fmt: skip


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("experiments")
    world = calibrating_worlds()
    raw = {"sessions": world.sessions, "conversions": world.conversions, "lift_tests": world.tests}
    db_path = folder / "attribution.duckdb"
    build_or_fail(write_csv(folder / "raw", raw), db_path, *SELECTION)

    def query(text):
        return fetch(db_path, text)

    query.tests = [
        test | {name: date.fromisoformat(test[name]) for name in ("started_on", "ended_on")}
        for test in world.tests
    ]
    return query


@pytest.fixture(scope="module")
def reference(calibrated):
    (ends,) = calibrated(
        """select min(touched_at) as first_touch, max(touched_at) as last_event
        from intermediate.int_touchpoints"""
    )
    return Experiments(
        calibrated.tests,
        calibrated("from marts.fct_conversions"),
        calibrated("from marts.fct_attribution_credits"),
        [
            (row["conversion_key"], row["channel"])
            for row in calibrated("from marts.fct_assisted_conversions where is_assist")
        ],
        types=SEEDS.conversion_types,
        channels=SEEDS.channels,
        **ends,
    )


def factors(calibrated, kind):
    """The linear rows of a conversion group, by channel."""
    rows = calibrated(
        f"""from reports.rpt_calibrated_assists
        where conversion_group = '{kind}' and attribution_model = 'linear'"""
    )
    return {row["channel"]: row for row in rows}


def test_audit_has_every_staged_test_with_its_first_reason(calibrated, reference):
    key = ["test_id", "channel", "conversion_type"]
    rows = calibrated("from audits.audit_lift_tests")
    found = {tuple(row[name] for name in key): row for row in rows}
    due = {tuple(row[name] for name in key): row for row in reference.judged_tests}
    assert found.keys() == due.keys()
    assert len(rows) == len(calibrated.tests)
    for name, row in found.items():
        assert row["reason"] == due[name]["reason"], name
        assert row["is_used"] == (row["reason"] is None)
        assert row["conversions"] == due[name]["conversions"]
        for column in ("incremental_conversions", "incremental_error"):
            assert row[column] == pytest.approx(due[name][column], nan_ok=True), name
    assert {"bad_counts", "repeated", "no_credit", "more_than_data", None} <= {
        row["reason"] for row in rows
    }
    for test_id, reason in REASONS.items():
        assert {row["reason"] for row in rows if row["test_id"] == test_id} == {reason}, test_id


def test_no_test_is_rejected_in_staging(calibrated):
    (counts,) = calibrated("from audits.audit_row_counts where table_name = 'lift_tests'")
    assert counts["rows_read"] == counts["rows_staged"] == len(calibrated.tests)


def test_report_is_that_of_the_reference(calibrated, reference):
    groups = defaultdict(set)
    for row in calibrated("from intermediate.int_conversion_groups"):
        groups[row["conversion_group"]].add(row["conversion_type"])
    key = ["conversion_group", "channel", "attribution_model"]
    found = {
        tuple(row[name] for name in key): row
        for row in calibrated("from reports.rpt_calibrated_assists")
    }
    models = {(group, model) for group, _, model in found}
    due = {
        tuple(row[name] for name in key): row
        for row in reference.report(groups)
        if (row["conversion_group"], row["attribution_model"]) in models
        and row.get("calibration_factor", 0) is not None
    }
    assert found.keys() == due.keys()
    assert len(found) > 500
    for name, row in due.items():
        figures = {column: value for column, value in row.items() if column not in key}
        same = {column: found[name][column] for column in figures}
        assert same == pytest.approx(figures, rel=1e-9, abs=1e-9), name


def test_null_tests_are_near_zero_and_nearly_equal(calibrated):
    rows = factors(calibrated, "purchase")
    one, other = rows["Paid Search"], rows["Email"]
    for row in (one, other):
        assert abs(row["calibration_factor"]) < 0.01
        assert row["factor_low"] < 0 < row["factor_high"]
        assert row["factor_high"] - row["factor_low"] < 0.2
    assert abs(one["calibration_factor"] - other["calibration_factor"]) < 0.01


def test_a_test_of_a_part_of_the_users_is_compared_with_their_part_of_the_credits(calibrated):
    row = factors(calibrated, "lead")["Paid Search"]
    assert row["calibration_factor"] == pytest.approx(1, abs=0.02)
    assert row["factor_low"] < 1 < row["factor_high"]


def test_a_pilot_beside_a_full_test_hardly_matters(calibrated):
    row = factors(calibrated, "demo_request")["Paid Search"]
    assert row["calibration_factor"] == pytest.approx(1, abs=0.01)
    assert row["lift_tests"] == 2  # the pilot without conversions measures no credit
    assert row["factor_high"] - row["factor_low"] < 0.35


def test_capped_credits_never_turn_negative_and_leave_no_baseline(calibrated):
    rows = factors(calibrated, "trial_start")
    assert all(row["is_capped"] for row in rows.values())
    assert rows[BASELINE]["calibrated_credit"] == 0
    assert rows["Paid Social"]["calibration_factor"] < 0
    loss = rows["Paid Social"]
    assert loss["calibrated_credit"] == pytest.approx(loss["calibration_factor"] * loss["credit"])
    for channel in ("Paid Search", "Direct"):
        row = rows[channel]
        assert 0 < row["calibrated_credit"] < row["calibration_factor"] * row["credit"]
        assert row["incremental_assists"] == pytest.approx(
            row["calibration_factor"] * row["assisted_conversions"]
        )
    (total,) = calibrated(
        "select count(*) as n from marts.fct_conversions where conversion_type = 'trial_start'"
    )
    assert sum(row["calibrated_credit"] for row in rows.values()) == pytest.approx(total["n"])
    assert factors(calibrated, "(all macro)")[BASELINE]["is_capped"]
    assert not factors(calibrated, "lead")[BASELINE]["is_capped"]


def test_persons_who_buy_often_make_a_test_less_certain(calibrated):
    (often,) = calibrated("from audits.audit_lift_tests where test_id = 'often'")
    once = 500**2 * (91 / 502**2 + 61 / 502**2)
    assert often["incremental_error"] == pytest.approx(sqrt(3 * once))


def test_types_that_share_a_test_share_its_error(calibrated):
    """Independent errors would shrink the interval of five types by up to sqrt(5)."""
    every = factors(calibrated, "(all macro)")["Affiliates"]
    shared = [factors(calibrated, kind)["Affiliates"] for kind in MACRO if kind != "lead"]
    assert len({round(row["calibration_factor"], 9) for row in shared}) == 1
    assert {row["lift_tests"] for row in shared} == {2}
    own = factors(calibrated, "lead")["Affiliates"]
    errors = [
        sum((row["factor_high"] - row["factor_low"]) * row["credit"] for row in shared),
        (own["factor_high"] - own["factor_low"]) * own["credit"],
    ]
    width = (every["factor_high"] - every["factor_low"]) * every["credit"]
    assert width == pytest.approx(sqrt(sum(error**2 for error in errors)))
    untested = factors(calibrated, "(all macro)")["Direct"]
    assert untested["factor_high"] - untested["factor_low"] == pytest.approx(2 * 1.96)
