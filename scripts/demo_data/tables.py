"""The raw tables: columns, types and spelling as the loaders write them, and the writing itself.

Columns that carry unparsable values are text here, as in any raw schema that holds such values.
"""

from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from demo_data import clock
from demo_data.columns import OFFSETS

TEXT, NUMBER, COUNT, FLAG = pa.string(), pa.float64(), pa.int64(), pa.bool_()
STAMP, DATE = pa.timestamp("us"), pa.date32()

# Mixed case and columns that nobody asked for (`browser_version`, `_batch_id`, ...) are on purpose.
SCHEMAS = {
    "sessions": {
        **dict.fromkeys(("Session_ID", "visitor_id", "USER_ID", "email", "started_at"), TEXT),
        "ended_at": STAMP,
        "engaged_seconds": TEXT,
        "page_views": COUNT,
        **dict.fromkeys(("landing_url", "referrer_url", "UTM_Source", "UTM_Medium"), TEXT),
        **dict.fromkeys(("UTM_Campaign", "utm_content", "utm_term", "device_type"), TEXT),
        **dict.fromkeys(("country", "user_agent", "browser_version"), TEXT),
        **dict.fromkeys(("is_bot", "is_internal"), FLAG),
        "consent_state": TEXT,
        "loaded_at": STAMP,
        "_batch_id": COUNT,
    },
    "conversions": {
        **dict.fromkeys(("Conversion_Id", "source_system", "visitor_id", "user_id"), TEXT),
        **dict.fromkeys(("email", "order_id", "conversion_type", "Converted_At", "value"), TEXT),
        **dict.fromkeys(("currency_code", "status"), TEXT),
        "refunded_value": NUMBER,
        **dict.fromkeys(("product_category", "plan_tier", "lead_stage", "audience"), TEXT),
        "store_note": TEXT,
        **dict.fromkeys(("updated_at", "loaded_at"), STAMP),
    },
    "ad_spend": {
        **dict.fromkeys(("spend_date", "utm_source", "utm_medium", "utm_campaign"), TEXT),
        "utm_content": TEXT,
        **dict.fromkeys(("impressions", "clicks"), COUNT),
        **dict.fromkeys(("Cost", "currency_code"), TEXT),
        "loaded_at": STAMP,
    },
    "interactions": {
        **dict.fromkeys(("interaction_id", "visitor_id", "user_id", "email", "touched_at"), TEXT),
        **dict.fromkeys(("interaction_type", "utm_source", "utm_medium", "utm_campaign"), TEXT),
        **dict.fromkeys(("utm_content", "utm_term", "consent_state"), TEXT),
        "is_bot": FLAG,
        "loaded_at": STAMP,
    },
    "identity_links": {
        **dict.fromkeys(("left_type", "left_id", "right_type", "right_id"), TEXT),
        "linked_at": STAMP,
    },
    "crm_stages": {
        **dict.fromkeys(("conversion_id", "source_system", "order_id", "stage"), TEXT),
        "entered_at": STAMP,
    },
    "exchange_rates": {"rate_date": DATE, "currency_code": TEXT, "rate": NUMBER},
    "lift_tests": {
        **dict.fromkeys(("test_id", "channel"), TEXT),
        **dict.fromkeys(("started_on", "ended_on"), DATE),
        "conversion_type": TEXT,
        **dict.fromkeys(("treated_users", "treated_conversions"), COUNT),
        **dict.fromkeys(("control_users", "control_conversions"), COUNT),
    },
    "platform_claims": {
        "claim_date": DATE,
        **dict.fromkeys(("platform", "conversion_type", "claimed_conversions"), TEXT),
        "claimed_value": NUMBER,
    },
    "ad_clicks": {
        **dict.fromkeys(("parameter", "click_id", "utm_source", "utm_medium"), TEXT),
        **dict.fromkeys(("utm_campaign", "utm_content", "utm_term"), TEXT),
        "loaded_at": STAMP,
    },
    "erasure_requests": {"id_type": TEXT, "id": TEXT, "requested_at": STAMP},
}
# Moments written in several forms, and the key that orders the rows of one load.
EVENT_TIMES = {
    "sessions": "started_at",
    "conversions": "converted_at",
    "interactions": "touched_at",
}


def arrow_tables(world):
    """Yield name and Arrow table of each raw table."""
    for name, schema in SCHEMAS.items():
        rows = world.rows[name]
        finish(world.rng, rows, EVENT_TIMES.get(name))
        parts = [of_rows(rows, schema)]
        parts += [of_columns(columns, schema) for columns in world.columns[name]]
        table = pa.concat_tables(parts)
        # Rows stand in the order of their loading.
        yield name, table.sort_by("loaded_at") if name in EVENT_TIMES else table


def of_rows(rows, schema):
    return pa.table(
        {column: values_of(rows, column.lower(), kind) for column, kind in schema.items()}
    )


def of_columns(columns, schema):
    count = len(next(iter(columns.values())))
    return pa.table(
        {
            column: columns.get(column.lower(), pa.nulls(count, kind))
            for column, kind in schema.items()
        }
    )


def values_of(rows, column, kind):
    values = [row.get(column) for row in rows]
    if kind == TEXT:
        values = [value if value is None else str(value) for value in values]
    return pa.array(values, kind)


def finish(rng, rows, event_time):
    """No row is written after the last extract."""
    for row in rows:
        for field in ("updated_at", "loaded_at"):
            if row.get(field):
                row[field] = min(row[field], clock.EXTRACTED_AT)
        if event_time and isinstance(row[event_time], datetime):
            row[event_time] = stamp(rng, row[event_time])


def stamp(rng, at):
    """The moment as text: mostly UTC without offset, now and then ISO with Z or an offset."""
    draw = rng.random()
    if draw < 0.9:
        return str(at)
    if draw < 0.95:
        return f"{at.isoformat()}Z"
    offset, hours = rng.choice(OFFSETS)
    return f"{(at + timedelta(hours=hours)).isoformat()}{offset}"


def write(folder, name, table, file_format):
    path = folder / f"{name}.{file_format}"
    if file_format == "csv":
        pyarrow.csv.write_csv(table, path)
    else:
        pyarrow.parquet.write_table(table, path, compression="zstd")
    return path
