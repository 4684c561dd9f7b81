"""The course of a set of histories: each batch's files, settings and seeds, and runs that die."""

import os
from dataclasses import dataclass, field
from zlib import crc32

from conftest import write_csv
from histories import BATCHES, histories, shared_histories
from hypothesis import strategies as st
from raw_files import text_table, typed_table, write_parquet
from reference.inputs import TABLES
from worlds import draw_many, pack

FORMATS = ["csv", "folder", "text", "typed", "extra column", "without a column", "absent"]
FILES = 3  # of a folder
# An optional column of each table that a loader may leave out for a while.
MAY_LACK = {
    "sessions": "page_views",
    "conversions": "loaded_at",
    "interactions": "utm_campaign",
    "ad_spend": "clicks",
    "ad_clicks": "utm_content",
}
NEVER_ABSENT = {"sessions", "conversions"}

VARS = [
    {"window_mode": "calendar", "reporting_timezone": "America/New_York"},
    {"count_views": True, "view_lookback_days": 7},
    {"require_consent": True},
    {"earliest_event_date": "2025-04-01", "latest_event_date": "2025-12-31"},
    {"count_pending": True, "system_priority": ["web", "crm"]},
    {"min_engaged_seconds": 0, "count_open_journeys": True},
    {"max_users_per_visitor": 1, "max_links_per_key": 2},
    {"shared_devices": "merge", "max_users_per_visitor": 3},
    {"return_minutes": 90, "click_merge_minutes": 0},
    {"reporting_currency": "EUR"},
    {"path_rules": {"drop_if_other": ["Direct"], "collapse_repeats": True}},
    {"journey_conversion_types": ["purchase", "demo_request"], "min_group_size": 2},
    {"position_weights": [0.5, 0.0, 0.5], "time_decay_half_life_days": 2},
    {"markov_order": "auto", "removal_scenarios": {"no ads": ["Paid Search", "Paid Social"]}},
    {"markov_max_states": 2, "calibration_prior_sd": 2, "sensitivity_lookback_days": [1, 30]},
]
OVERRIDE = {
    "rule_order": "10",
    "source_pattern": "google",
    "medium_pattern": "cpc",
    "campaign_pattern": "brand.*",
    "channel": "Paid Other",
}
BOT = {"pattern": "mozilla", "description": "Everybody"}
PARTNER = {"referrer_host": "blog.partner.example", "reason": "own_host", "note": ""}
SEEDS = [
    {"conversion_types": [{"conversion_type": "purchase", "lookback_days": "7"}]},
    {"conversion_types": [{"conversion_type": "enterprise_deal", "lookback_days": "30"}]},
    {"conversion_types": [{"conversion_type": "demo_request", "dedupe_minutes": "0"}]},
    {"conversion_types": [{"conversion_type": "purchase", "dedupe_minutes": "3000"}]},
    {"conversion_types": [{"conversion_type": "lead", "default_value": "12.50"}]},
    {"conversion_types": [{"conversion_type": "content_download", "conversion_class": "macro"}]},
    {"channel_overrides": [OVERRIDE]},
    {"source_aliases": [{"alias": "newsletter", "source": "facebook"}]},
    {"channels": [{"channel": "Email", "funnel_stage": "upper"}]},
    {"medium_aliases": [{"alias": "display", "medium": "organic"}]},
    {"campaign_parameters": [{"parameter": "q", "field": "term", "parameter_order": "9"}]},
    {"click_ids": [{"click_order": "8", "is_paid": "true"}]},
    {"source_categories_supplement": [{"source": "blog.partner.example", "category": "ai"}]},
    {"bot_patterns": [BOT]},
    {"excluded_referrers": [PARTNER]},
    {"conversion_statuses": [{"raw_status": "lost", "status": "confirmed"}]},
    {"junk_ids": [{"junk_id": "w003-v0"}]},
]


@dataclass
class Batch:
    """The raw tables, how they are written, the rules, and how a first run dies, if it does.

    Where a run died and `is_resumed` is false, the next run is that of the next batch.
    """

    raw: dict
    formats: dict = field(default_factory=dict)
    vars: dict = field(default_factory=dict)
    seeds: dict = field(default_factory=dict)
    salt: str = ""
    death: tuple = ()
    is_resumed: bool = True


def seldom(value, others, times):
    """That value, but for one in `times`: where all changes at once, no part is updated alone."""
    return st.sampled_from([value] * (times - 1) * len(others) + others)


@st.composite
def circumstances(draw, rules_change):
    """Formats, settings and seeds of all batches, which stay until they change."""
    batches = []
    formats = dict.fromkeys(TABLES, "csv") | {"sessions": draw(st.sampled_from(["folder", "csv"]))}
    vars, seeds, salt = {}, {}, ""
    for number in range(BATCHES):
        formats = {table: draw(seldom(formats[table], FORMATS, 10)) for table in TABLES}
        if rules_change and number:
            vars = draw(seldom(vars, [{}, *VARS], 4))
            seeds = draw(seldom(seeds, [{}, *SEEDS], 3))
            salt = draw(seldom(salt, ["", "pepper"], 6))
        batches.append({"formats": formats, "vars": vars, "seeds": seeds, "salt": salt})
    return batches


@st.composite
def deaths(draw):
    """How a run may end early: killed after a share of its time, or with models left out."""
    how = draw(st.sampled_from(["lives", "lives", "killed", "without", "only"]))
    if how == "lives":
        return {}
    share = draw(st.integers(5, 95)) / 100
    return {"death": (how, share), "is_resumed": draw(st.sampled_from([True, True, False]))}


def draw_batches(number, seed, rules_change=True):
    """The batches of `number` histories in one raw folder, the same for the same seed."""
    stories = draw_many(histories(), number, seed)
    # What is drawn first is as simple as can be, so the last is taken.
    shared = draw_many(shared_histories(), 10, seed)[-1]
    frames = draw_many(circumstances(rules_change), 10, seed)[-1]
    ends = draw_many(st.lists(deaths(), min_size=BATCHES, max_size=BATCHES), 10, seed)[-1]
    return [
        Batch(
            pack([story[index] for story in stories], shared[index]),
            **frames[index],
            **ends[index],
        )
        for index in range(BATCHES)
    ]


def write_raw(folder, batch):
    """The raw folder as the batch's loaders leave it."""
    for table, rows in batch.raw.items():
        columns = list(TABLES[table])
        match batch.formats.get(table, "csv"):
            case "text":
                write_parquet(folder, {table: text_table(rows, columns)})
            case "typed":
                zone = "Asia/Tokyo" if table == "sessions" else None
                write_parquet(folder, {table: typed_table(table, rows, zone)})
            case "folder":
                write_folder(folder / table, rows, columns)
            case "absent" if table not in NEVER_ABSENT:
                pass
            case other:
                if other == "extra column":
                    columns.append("_batch")
                if other == "without a column" and table in MAY_LACK:
                    columns.remove(MAY_LACK[table])
                # A table without rows keeps its header, of one row without values.
                rows = [{name: row.get(name) for name in columns} for row in rows or [{}]]
                write_csv(folder, {table: rows})
    return folder


def write_folder(folder, rows, columns):
    """CSV files, each row in one by its key. A file's time changes with its rows alone."""
    for number in range(FILES):
        chosen = [
            row for row in rows if crc32(repr(row.get(columns[0])).encode()) % FILES == number
        ]
        rows_of_file = [{name: row.get(name) for name in columns} for row in chosen or [{}]]
        path = write_csv(folder, {f"part{number}": rows_of_file}) / f"part{number}.csv"
        seconds = crc32(path.read_bytes())
        os.utime(path, (seconds, seconds))
