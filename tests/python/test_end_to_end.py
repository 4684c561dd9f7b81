"""Whole builds on raw folders as they come: every file format, empty, bad, and incomplete ones."""

import json
import random
from decimal import Decimal

import pyarrow as pa
import pytest
from compare import KEYS, SELECTION, differences, rows_of
from conftest import ROOT, build_or_fail, fetch, run_dbt, write_csv
from raw_files import text_table, typed_table, write_parquet
from reference import Seeds, build
from reference.inputs import ADDRESS, TABLES
from worlds import ID_COLUMNS, draw_worlds, pack

SEEDS = Seeds(ROOT / "seeds")
OPTIONAL_TABLES = set(TABLES) - {"sessions", "conversions"}
# A typed file has its own text for what is no text, so keys made of it read otherwise.
WITHOUT_RAW_TEXT = set(KEYS) - {"audit_rejected_rows"}

# Rows of one key that nothing but their other values tells apart.
TIES = {
    "sessions": [
        {"session_id": "tie", "visitor_id": "tie", "started_at": "2025-06-01", "utm_source": source}
        for source in ("b", "a", "c")
    ],
    "conversions": [
        {
            "conversion_id": "tie",
            "visitor_id": "tie",
            "conversion_type": "purchase",
            "converted_at": "2025-06-01",
            "value": value,
        }
        for value in ("2", "1", "3")
    ],
    "interactions": [
        {
            "interaction_id": "tie",
            "visitor_id": "tie",
            "touched_at": "2025-06-01",
            "interaction_type": kind,
        }
        for kind in ("event", "call")
    ],
}


def shuffled_text_tables(raw):
    """All text, rows in another order, names in capitals, columns that nobody declared."""
    dice = random.Random(5)
    tables = {}
    for table, rows in raw.items():
        rows = dice.sample(rows, len(rows))
        arrow_table = text_table(rows, TABLES[table])
        names = [name.upper() if dice.random() < 0.5 else name.title() for name in TABLES[table]]
        extra = pa.array(range(len(rows)))
        tables[table] = arrow_table.rename_columns(names).append_column("_loader batch", extra)
    return tables


@pytest.fixture(scope="module")
def raw():
    raw = pack(draw_worlds(25, seed=101))
    return {table: rows + TIES.get(table, []) for table, rows in raw.items()}


@pytest.fixture(scope="module")
def csv_db(raw, tmp_path_factory):
    folder = tmp_path_factory.mktemp("csv")
    build_or_fail(write_csv(folder / "raw", raw), folder / "attribution.duckdb")
    return folder / "attribution.duckdb"


def without_ties(raw):
    return {
        table: [row for row in rows if row not in TIES.get(table, [])]
        for table, rows in raw.items()
    }


def all_differences(db_path, expected, tables=KEYS):
    return [line for table in tables for line in differences(db_path, table, expected[table])]


# ---------------------------------------------------------------------------- file formats


def test_csv_and_shuffled_text_parquet_agree(raw, csv_db, tmp_path):
    db_path = tmp_path / "attribution.duckdb"
    raw_dir = write_parquet(tmp_path / "raw", shuffled_text_tables(raw))
    build_or_fail(raw_dir, db_path, *SELECTION)
    for table in KEYS:
        left, right = (multiset(rows_of(path, table)) for path in (csv_db, db_path))
        assert left == right, table


def multiset(rows):
    """Rows in a comparable form; sums of doubles may differ in the last digits."""
    return sorted(
        repr([round(value, 9) if isinstance(value, float) else value for value in row.values()])
        for row in rows
    )


def test_typed_parquet_agrees_with_reference(raw, tmp_path):
    raw = without_ties(raw)
    tables = {
        table: typed_table(table, rows, zone="Asia/Tokyo" if table == "sessions" else None)
        for table, rows in raw.items()
    }
    db_path = tmp_path / "attribution.duckdb"
    salt = "it's a $salt\\"
    raw_dir = write_parquet(tmp_path / "raw", tables)
    build_or_fail(raw_dir, db_path, *SELECTION, env={"ATTRIBUTION_EMAIL_SALT": salt})
    expected = build(raw, SEEDS, salt=salt)
    found = all_differences(db_path, expected, WITHOUT_RAW_TEXT)
    assert not found, "\n".join(found[:20])


# ---------------------------------------------------------------------------- little input


def required_columns(table):
    columns = [column for column, declared in TABLES[table].items() if declared.endswith("!")]
    return [*columns, "conversion_type"] if table == "conversions" else columns


def test_header_only_files_build(tmp_path):
    header_only = tmp_path / "raw"
    header_only.mkdir()
    for table in TABLES:
        (header_only / f"{table}.csv").write_text(",".join(TABLES[table]) + "\n")
    db_path = tmp_path / "attribution.duckdb"
    result = build_or_fail(header_only, db_path, quiet=False)
    assert "Conversions: there are no macro conversions yet" in result.stdout
    expected = build({}, SEEDS)
    assert not all_differences(db_path, expected, set(KEYS) & set(expected))
    findings = fetch(db_path, "select headline from reports.rpt_findings")
    assert findings == [{"headline": "There are no conversions yet"}]


def test_required_columns_are_enough(tmp_path):
    raw = {
        "sessions": [
            {"session_id": "1", "visitor_id": "v", "started_at": "2025-06-01"},
            {"session_id": "2", "visitor_id": "v", "started_at": "2025-06-02"},
        ],
        "conversions": [
            {
                "conversion_id": "1",
                "visitor_id": "v",
                "conversion_type": "lead",
                "converted_at": "2025-06-03",
            }
        ],
    }
    db_path = tmp_path / "attribution.duckdb"
    build_or_fail(write_csv(tmp_path / "raw", raw), db_path, *SELECTION)
    expected = build(raw, SEEDS)
    assert expected["fct_conversions"][0]["path_collapsed"] == "Direct x2"
    assert not all_differences(db_path, expected, set(KEYS) & set(expected))


def test_nothing_but_bad_rows(tmp_path):
    identity = {"visitor_id": "v", "user_id": "null", "email": None}
    raw = {
        "sessions": [
            {"session_id": " ", **identity, "started_at": "2025-06-01"},
            {"session_id": "1", **identity, "started_at": "2025-02-30"},
            {"session_id": "2", "visitor_id": "0", "email": "NaN", "started_at": "2025-06-01"},
            {},
        ],
        "conversions": [
            {"conversion_id": "1", **identity, "conversion_type": "gift", "converted_at": "2025"},
            {"conversion_id": "2", **identity, "conversion_type": "gift",
             "converted_at": "2025-06-01"},
            {"conversion_id": "3", **identity, "conversion_type": "purchase",
             "converted_at": "2025-06-01", "currency_code": "XXX"},
            {"conversion_id": "4", "email": "Jane.Doe@example.com", "conversion_type": None,
             "converted_at": "2025-06-01"},
        ],
        "ad_spend": [
            {"spend_date": "2025-06-01", "utm_source": "a", "utm_medium": "b", "cost": cost}
            for cost in ("-0.01", "inf", None)
        ],
        "interactions": [
            {"interaction_id": "1", **identity, "touched_at": "2025-06-01",
             "interaction_type": "fax"},
        ],
        "identity_links": [
            {"left_type": "user", "left_id": "unknown", "right_type": "user", "right_id": "u"},
        ],
        "crm_stages": [{"stage": "lead", "entered_at": "2025-06-01"}],
        "exchange_rates": [{"rate_date": "2025-06-01", "currency_code": "EUR", "rate": "1,1"}],
        "lift_tests": [
            dict.fromkeys(TABLES["lift_tests"], "?"),
        ],
        "platform_claims": [
            {"claim_date": "2025-06-01", "platform": "meta", "conversion_type": "purchase",
             "claimed_conversions": "many"},
        ],
        "erasure_requests": [{"id_type": "phone", "id": "1"}],
        "ad_clicks": [{"parameter": "gclid", "click_id": " "}],
    }  # fmt: skip
    assert set(raw) == set(TABLES)
    # A folder of files with all columns, so that only the rows are bad.
    raw = {
        table: [dict.fromkeys(TABLES[table]) | row for row in rows] for table, rows in raw.items()
    }
    db_path = tmp_path / "attribution.duckdb"
    build_or_fail(write_csv(tmp_path / "raw", raw), db_path, *SELECTION)
    expected = build(raw, SEEDS)
    assert not any(row["rows_staged"] for row in expected["audit_row_counts"])
    found = all_differences(db_path, expected, set(KEYS) & set(expected))
    assert not found, "\n".join(found[:20])
    rejected = fetch(db_path, "select * from audits.audit_rejected_rows")
    assert len(rejected) == sum(len(rows) for rows in raw.values())
    assert all(json.loads(row["raw_row"]) for row in rejected)
    assert "Jane.Doe" not in repr(rejected)


EXTREMES = {
    "started_at": ["9999-12-31T23:59:59.999999Z", "0001-01-01", "9999-12-31T23:59:59-14:00"],
    "ended_at": ["9999-12-31", "0001-01-01", "290000-01-01"],
    "engaged_seconds": ["1e300", "-1e300", "99999999999"],
    "page_views": ["1e30", "-5", "3.7"],
    "landing_url": ["http://", "//", "?", "https://%zz/?utm_source=%00%FF", "https://[::1]/a"],
    "referrer_url": ["https://" + "a." * 999 + "com", "https://user:key@a.example/", "https://.../"],
    "utm_source": ["two\nlines", "\t", 'a "quoted" one', "a,b", "it's", "{{ x }}", "\U0001f600"],
    "visitor_id": ["two\r\nlines", "\u200b", 'a "quoted" one', "a,b", "it's", "%s"],
    "converted_at": ["9999-12-31T23:59:59.999999Z", "0001-01-01"],
    "updated_at": ["9999-12-31T23:59:59.999999Z", "0001-01-01"],
    "value": ["1e300", "1e14", "-1e14", "99999999999", "0.00005"],
    "refunded_value": ["1e300", "1e14", "99999999999"],
    "currency_code": ["EUR", "XXX", "BIG", "NEGATIVE", "NIL"],
    "order_id": ["x" * 9999],
    "cost": ["1e300", "1e14", "99999999999"],
    "clicks": ["1e30", "-1"],
    "spend_date": ["9999-12-31", "0001-01-01"],
}  # fmt: skip


def test_no_value_is_so_extreme_that_it_stops_a_run(tmp_path):
    plain = {
        "sessions": {"visitor_id": "v", "started_at": "2025-06-01"},
        "conversions": {
            "visitor_id": "v",
            "conversion_type": "purchase",
            "converted_at": "2025-06-01",
        },
        "ad_spend": {
            "spend_date": "2025-06-01",
            "utm_source": "a",
            "utm_medium": "b",
            "cost": "1",
        },
    }
    raw = {
        table: [
            row | {column: value}
            for column in EXTREMES
            if column in TABLES[table]
            for value in EXTREMES[column]
        ]
        for table, row in plain.items()
    }
    for table, key in (("sessions", "session_id"), ("conversions", "conversion_id")):
        raw[table] = [row | {key: str(number)} for number, row in enumerate(raw[table])]
    raw["exchange_rates"] = [
        {"rate_date": "2025-01-01", "currency_code": currency, "rate": rate}
        for currency, rate in [("EUR", "1.5"), ("BIG", "1e20"), ("NEGATIVE", "-1"), ("NIL", "0")]
    ]
    db_path = tmp_path / "attribution.duckdb"
    build_or_fail(write_csv(tmp_path / "raw", raw), db_path, *SELECTION)
    counts = fetch(db_path, "select * from audits.audit_row_counts")
    assert {row["table_name"]: row["rows_read"] for row in counts if row["rows_read"]} == {
        table: len(rows) for table, rows in raw.items()
    }
    for row in counts:
        parts = ("rows_staged", "rows_rejected", "rows_removed_as_duplicates", "rows_erased")
        assert row["rows_read"] == sum(row[part] for part in parts)


def test_sums_of_the_largest_amounts_do_not_overflow(tmp_path):
    """All tables are built; data tests look at cents, which doubles of this size do not have."""
    largest, visitors = Decimal("999999999999.9999"), range(150)
    raw = {
        "sessions": [
            {"session_id": f"{visitor}-{day}", "visitor_id": f"v{visitor}",
             "started_at": f"2025-06-{day:02}", "utm_source": "google", "utm_medium": medium,
             "utm_campaign": "brand"}
            for visitor in visitors
            for day, medium in ((1, "cpc"), (2, "email"))
        ],
        "conversions": [
            {"conversion_id": f"c{visitor}", "visitor_id": f"v{visitor}",
             "conversion_type": "purchase", "converted_at": "2025-06-03", "value": largest}
            for visitor in visitors
        ],
        "ad_spend": [
            {"spend_date": "2025-06-01", "utm_source": "google", "utm_medium": "cpc",
             "cost": largest}
            for _ in visitors
        ],
        "platform_claims": [
            {"claim_date": "2025-06-01", "platform": "google", "conversion_type": "purchase",
             "claimed_conversions": "1", "claimed_value": largest}
            for _ in visitors
        ],
    }  # fmt: skip
    db_path = tmp_path / "attribution.duckdb"
    raw_dir = write_csv(tmp_path / "raw", raw)
    build_or_fail(raw_dir, db_path, "--exclude-resource-type", "test")
    total = fetch(
        db_path,
        """
        select assisted_value, last_value from reports.rpt_channel_assists
        where channel = '(total)' and conversion_group = 'purchase'
        """,
    )
    assert total == [{"assisted_value": 150 * largest, "last_value": 150 * largest}]


# ---------------------------------------------------------------------------- input that stops


@pytest.mark.parametrize(
    ("files", "words"),
    [
        (
            {"sessions": "session_id,started_at,user_id"},
            ["conversions"],
        ),
        (
            {
                "sessions": "session_id,Begun_At,user_id",
                "conversions": "conversion_id,user_id,conversion_type,converted_at",
            },
            ["sessions", "started_at", "begun_at"],
        ),
        (
            {
                "sessions": "session_id,started_at,user_id",
                "conversions": "conversion_id,user_id,conversion_type,converted_at",
                "ad_spend": "spend_date,utm_source,utm_medium,price",
            },
            ["ad_spend", "cost", "price"],
        ),
        (
            {
                "sessions": "session_id,started_at",
                "conversions": "conversion_id,user_id,conversion_type,converted_at",
            },
            ["sessions", "visitor_id", "user_id", "email"],
        ),
    ],
    ids=["table", "column", "column_of_an_optional_table", "one_of_several_columns"],
)
def test_missing_input_stops_before_anything_is_written(files, words, tmp_path):
    (tmp_path / "raw").mkdir()
    for table, header in files.items():
        (tmp_path / f"raw/{table}.csv").write_text(header + "\n")
    db_path = tmp_path / "attribution.duckdb"
    result = run_dbt(tmp_path / "raw", db_path)
    assert result.returncode != 0
    message = (result.stdout + result.stderr).lower()
    assert all(word in message for word in words), message
    written = db_path.exists() and fetch(
        db_path, "select * from information_schema.tables where table_schema <> 'main'"
    )
    assert not written


def test_a_file_that_cannot_be_read_stops_before_anything_is_written(tmp_path):
    rows = [f"s{number},v,2026-05-01".encode() for number in range(5000)]
    raw_dir, db_path = tmp_path / "raw", tmp_path / "attribution.duckdb"
    raw_dir.mkdir()
    for table, bad in {
        "sessions": b's,"v,2026-05-01',
        "interactions": b"s,\xfc,2026-05-01",
    }.items():
        lines = [b"session_id,visitor_id,started_at", *rows, bad, *rows[:100]]
        (raw_dir / f"{table}.csv").write_bytes(b"\n".join(lines) + b"\n")
    result = run_dbt(raw_dir, db_path)
    assert result.returncode != 0
    message = result.stdout + result.stderr
    assert "sessions.csv`: in the row that begins in line 5002 a quote" in message
    assert "interactions.csv`: line 5002 is not UTF-8" in message
    assert not db_path.exists() or not fetch(
        db_path, "select * from information_schema.tables where table_schema <> 'main'"
    )


# ---------------------------------------------------------------------------- privacy


def test_no_email_in_clear_text_outside_raw(raw, csv_db):
    values = [
        (column, value.strip().lower())
        for rows in raw.values()
        for row in rows
        for column, value in row.items()
        if value and "@" in value
    ]
    # Staging has URLs as they came; no other schema shows an address in them.
    identities = {value for column, value in values if column in ID_COLUMNS}
    emails = identities | {
        match.group() for _, value in values for match in ADDRESS.finditer(value)
    }
    assert emails
    columns = fetch(
        csv_db,
        """
        select table_schema || '.' || table_name as relation, list(column_name) as names
        from information_schema.columns
        where
            table_schema <> 'raw_files'
            and data_type not similar to '(BIG|U|HUGE)?INT.*|DOUBLE|DATE'
        group by relation
        """,
    )
    assert len(columns) > 50
    for column in columns:
        texts = repr(
            fetch(csv_db, f"select {', '.join(column['names'])} from {column['relation']}")
        ).lower()
        hidden = identities if column["relation"].startswith("staging.") else emails
        leaked = [email for email in hidden if email in texts]
        assert not leaked, f"{column['relation']} holds {leaked[0]}"
