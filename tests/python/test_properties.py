"""The build against the reference, row for row, on made-up worlds and away from the defaults.

Each case is one build of many small worlds; which of them differs, the message says.
"""

from collections import Counter, defaultdict
from decimal import Decimal

import pytest
from compare import KEYS, SELECTION, differences, rows_of
from conftest import ROOT, build_or_fail, write_csv
from hypothesis import given, settings
from hypothesis import strategies as st
from reference import DEFAULTS, Seeds, build
from reference.credits import MODELS
from worlds import draw_worlds, pack, worlds

SEEDS = Seeds(ROOT / "seeds")
WORLDS_PER_BUILD = 80

# Every setting stands away from its default at least once; few builds, as each takes a while.
SETTINGS = {
    "defaults": {},
    "calendar_windows_and_views": {
        "path_rules": {"first_occurrence_only": True},
        "window_mode": "calendar",
        "reporting_timezone": "America/Havana",
        "count_views": True,
        "view_lookback_days": 3,
        "require_consent": True,
        "min_engaged_seconds": 0,
        "shared_devices": "merge",
        "max_users_per_visitor": 3,
        "return_minutes": 0,
        "click_merge_minutes": 0,
        "drift_match_minutes": 30,
        "max_spelling_distance": 0.6,
        "journey_conversion_types": ["purchase", "product_view"],
        "min_group_size": 2,
        "position_weights": [1, 0, 0],
    },
    "direct_never_beside_others": {
        "path_rules": {"drop_if_other": ["Direct"], "collapse_repeats": True},
        "count_pending": True,
        "earliest_event_date": "2025-03-01",
        "latest_event_date": "2025-10-25",
        "min_engaged_seconds": 9.5,
        "max_conversion_drift": 0.5,
        "late_after_hours": 24,
        "max_tracking_jump": 0.1,
        "system_priority": ["erp", "web"],
        "max_users_per_visitor": 1,
        "time_decay_half_life_days": 0.5,
    },
    "direct_and_email_never_last": {
        "path_rules": {"drop_last_if_other": ["Direct", "Email"], "max_touches": 2},
        "count_open_journeys": True,
        "reporting_currency": "EUR",
        "reporting_timezone": "Asia/Kolkata",
        "max_links_per_key": 2,
        "position_weights": [0.5, 0.0, 0.5],
        "return_minutes": 90,
    },
    "all_path_rules": {
        "path_rules": {
            "drop_if_other": ["Direct", "Display"],
            "drop_last_if_other": ["Email"],
            "collapse_repeats": True,
            "first_occurrence_only": True,
            "max_touches": 3,
        },
        "window_mode": "calendar",
        "reporting_timezone": "America/New_York",
        "count_views": True,
        "max_users_per_visitor": 2,
        "journey_conversion_types": ["demo_request"],
        "min_group_size": 3,
    },
}


LAWFUL_TABLES = [
    "fct_conversions",
    "fct_attribution_credits",
    "fct_channel_performance_daily",
    "fct_assisted_conversions",
]


def test_every_setting_is_tried_away_from_its_default():
    tried = {name for case in SETTINGS.values() for name in case}
    assert tried == set(DEFAULTS)


@pytest.fixture(scope="module", params=SETTINGS)
def case(request, tmp_path_factory):
    """A built database and the tables that are due in it."""
    folder = tmp_path_factory.mktemp(request.param)
    seed = list(SETTINGS).index(request.param)
    raw = pack(draw_worlds(WORLDS_PER_BUILD, seed))
    db_path = folder / "attribution.duckdb"
    raw_dir = write_csv(folder / "raw", raw)
    build_or_fail(raw_dir, db_path, *SELECTION, vars=SETTINGS[request.param])
    return db_path, build(raw, SEEDS, SETTINGS[request.param])


@pytest.mark.parametrize("table", KEYS)
def test_build_agrees_with_reference(case, table):
    db_path, expected = case
    assert expected[table], "no rows due: the worlds test nothing"
    found = list(differences(db_path, table, expected[table]))
    assert not found, "\n".join([f"{len(found)} differences", *found[:20]])


# ---------------------------------------------------------------------------- laws


def test_build_keeps_the_laws_of_conservation(case):
    db_path, _ = case
    check_conservation({table: rows_of(db_path, table) for table in LAWFUL_TABLES})


@settings(max_examples=40, deadline=None)
@given(world=worlds(), setting=st.sampled_from(list(SETTINGS.values())))
def test_reference_keeps_the_laws_of_conservation(world, setting):
    check_conservation(build(pack([world]), SEEDS, setting))


def check_conservation(tables):
    """What must hold whatever the input: nothing counted twice, nothing lost."""
    conversions = {row["conversion_key"]: row for row in tables["fct_conversions"]}
    credits = defaultdict(float)
    for row in tables["fct_attribution_credits"]:
        credits[row["conversion_key"], row["attribution_model"]] += row["credit"]
    attributed = {key for key, row in conversions.items() if row["is_attributed"]}
    assert set(credits) == {(key, model) for key in attributed for model in MODELS}
    assert all(abs(total - 1) < 1e-9 for total in credits.values())

    by_day = tables["fct_channel_performance_daily"]
    total_value = sum((row["conversion_value"] for row in conversions.values()), Decimal(0))
    for model in MODELS:
        assert abs(sum(row[f"credit_{model}"] for row in by_day) - len(conversions)) < 1e-6
        credited = sum((row[f"value_{model}"] for row in by_day), Decimal(0))
        assert abs(credited - total_value) < Decimal("0.01")

    roles = tables["fct_assisted_conversions"]
    closers = Counter(row["conversion_key"] for row in roles if row["is_last"])
    assert closers == Counter(attributed)
    assert all(row["is_last"] != row["is_assist_only"] for row in roles)
