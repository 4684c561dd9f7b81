"""A second, slow reading of the definitions: the row-for-row oracle of the dbt project.

Written from the rules alone, in plain dicts and loops, without SQL or dbt, so that a
mistake in one of the two readings shows as a difference between them.

    build(raw, seeds, settings) -> {"fct_conversions": [row, ...], "rpt_channel_assists": ...}

`raw` holds per table a list of dicts of text, as a CSV file would.
"""

from . import audits as judged
from . import channels, conversions, facts, identity, inputs, paths, reports
from .seeds import Seeds

DEFAULTS = {
    "reporting_timezone": "UTC",
    "reporting_currency": "USD",
    "system_priority": ["crm", "backend", "web"],
    "earliest_event_date": "2000-01-01",
    "latest_event_date": None,
    "count_pending": False,
    "require_consent": False,
    "min_engaged_seconds": 10,
    "shared_devices": "split",
    "max_users_per_visitor": 10,
    "max_links_per_key": 1000,
    "window_mode": "rolling",
    "count_views": False,
    "view_lookback_days": 1,
    "return_minutes": 60,
    "click_merge_minutes": 30,
    "path_rules": {},
    "journey_conversion_types": [],
    "count_open_journeys": False,
    "position_weights": [0.4, 0.2, 0.4],
    "time_decay_half_life_days": 7,
    "min_group_size": 1,
    "drift_match_minutes": 1440,
    "max_conversion_drift": 0.1,
    "late_after_hours": 72,
    "max_tracking_jump": 0.5,
    "max_spelling_distance": 0.4,
}


def build(raw, seeds, settings=None, salt=""):
    """Every fact, report and audit of the rule-based part, as lists of rows."""
    assert set(settings or {}) <= set(DEFAULTS)
    settings = DEFAULTS | (settings or {})
    everything, erased, audits = inputs.stage(raw, seeds, settings, salt)
    people = identity.People(everything, erased, settings)
    staged = inputs.without_erased(everything, erased, people, audits["audit_row_counts"])
    counted, excluded = conversions.count(staged, people, seeds, settings)
    conflicts = conversions.conflicting_orders(staged["conversions"], people, seeds, settings)
    touchpoints = channels.touchpoints(staged, people, seeds, settings)
    journeys = paths.attach(counted, touchpoints, staged, seeds, settings)
    tables = facts.build(counted, touchpoints, journeys, staged, seeds, settings)
    return (
        audits
        | {"audit_excluded_conversions": excluded, "audit_shared_keys": people.shared_rows()}
        | {"audit_conflicting_orders": list(conflicts)}
        | tables
        | reports.build(tables, settings)
        | judged.build(raw, staged, touchpoints, counted, people, tables, seeds, settings, salt)
    )


__all__ = ["DEFAULTS", "Seeds", "build"]
