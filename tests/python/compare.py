"""Compares a built database with the reference, row for row."""

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

from conftest import fetch
from reference.credits import MODELS

# The columns that name a row of each table; all its other columns are compared.
KEYS = {
    "fct_conversions": ["conversion_key"],
    "fct_touchpoints": ["touchpoint_id"],
    "fct_conversion_touches": ["conversion_key", "touchpoint_id"],
    "fct_assisted_conversions": ["conversion_key", "channel"],
    "fct_assisted_conversions_by_campaign": [
        "conversion_key", "channel", "source", "medium", "campaign",
    ],
    "fct_assisted_conversions_by_content": ["conversion_key", "level", "value"],
    "fct_attribution_credits": ["conversion_key", "touchpoint_id", "attribution_model"],
    "fct_channel_performance_daily": ["conversion_date", "conversion_type", "channel"],
    "fct_campaign_performance_daily": [
        "conversion_date", "conversion_type", "channel", "source", "medium", "campaign",
    ],
    "fct_ad_spend_daily": ["spend_date", "channel", "source", "medium", "campaign", "content"],
    "fct_non_converting_journeys": ["conversion_group", "person_id", "started_at", "ended_at"],
    "rpt_channel_assists": ["conversion_group", "channel"],
    "rpt_channel_assists_by_month": ["conversion_group", "conversion_month", "channel"],
    "rpt_top_paths": ["conversion_group", "path_collapsed"],
    "rpt_path_length": ["conversion_group", "bucket"],
    "rpt_time_lag": ["conversion_group", "bucket"],
    "rpt_channel_pairs": ["conversion_group", "assisting_channel", "closing_channel"],
    "audit_rejected_rows": ["table_name", "row_key", "reason"],
    "audit_excluded_conversions": ["conversion_key"],
    "audit_row_counts": ["table_name"],
    "audit_shared_keys": ["identity_key"],
    "audit_conflicting_orders": ["order_id", "conversion_type"],
    "audit_conversion_drift": ["conversion_date", "conversion_type"],
    "audit_tracking_quality": ["touch_date", "check_name"],
    "audit_unmapped_traffic": ["source", "medium"],
    "audit_platform_claims": ["month", "platform", "conversion_type"],
    "rpt_consent_gap": ["conversion_group", "channel"],
}  # fmt: skip

# Only rows of these are compared.
FILTERS = {"fct_attribution_credits": f"attribution_model in {tuple(MODELS)}"}

# What a build needs to make the compared tables, and the data tests that these can answer.
SELECTION = ["--indirect-selection", "buildable", "--select", *(f"+{table}" for table in KEYS)]

SCHEMAS = {"fct": "marts", "rpt": "reports", "audit": "audits"}


def relation(table):
    return f"{SCHEMAS[table.partition('_')[0]]}.{table}"


def rows_of(db_path, table, columns=("*",)):
    """The rows of a built table, as far as the reference knows them."""
    rows = f"from {relation(table)} where {FILTERS.get(table, 'true')}"
    return fetch(db_path, f"select {', '.join(columns)} {rows}")


def differences(db_path, table, expected):
    """What differs between a table of the database and the expected rows, in words."""
    columns = list(expected[0]) if expected else KEYS[table]
    found = rows_of(db_path, table, columns)
    expected_by_key, found_by_key = by_key(table, expected), by_key(table, found)
    for key in sorted(expected_by_key | found_by_key, key=repr):
        want, have = expected_by_key[key], found_by_key[key]
        if len(want) != len(have):
            yield f"{table} {key}: {len(want)} rows due, {len(have)} found"
            continue
        for left, right in zip(want, have, strict=True):
            for column in columns:
                if not same(left[column], right[column], tolerance_of(table, column)):
                    yield f"{table} {key} {column}: due {left[column]!r}, found {right[column]!r}"


def by_key(table, rows):
    groups = defaultdict(list)
    for row in rows:
        groups[tuple(comparable(row[column]) for column in KEYS[table])].append(row)
    for group in groups.values():
        group.sort(key=repr)
    return groups


def comparable(value):
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
    return str(value) if isinstance(value, date) else value


def tolerance_of(table, column):
    """Credited values are rounded per touch; sums of them are right to the cent."""
    if column == "credited_value":
        return Decimal("0.00011")
    return Decimal("0.005") if column.startswith("value_") else Decimal("1e-9")


def same(want, have, tolerance):
    if want is None or have is None or isinstance(want, (str, bool, date)):
        return comparable(want) == comparable(have) and (want is None) == (have is None)
    if isinstance(want, Decimal) and tolerance == Decimal("1e-9"):
        return Decimal(have) == want
    return abs(Decimal(have) - Decimal(want)) <= tolerance * max(1, abs(Decimal(want)))
