"""What a scheduler meets: a locked database, the summary of a run, very busy persons."""

import hashlib
import json
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from conftest import build_or_fail, fetch, run_dbt, write_csv

FACTS = [
    "--indirect-selection",
    "buildable",
    "--select",
    "+fct_conversions",
    "+audit_capped_paths",
    "+audit_row_counts",
]
STAGING = ["--indirect-selection", "buildable", "--select", "+stg_sessions"]
START = datetime(2025, 6, 1)
LEAD = {
    "conversion_id": "c",
    "visitor_id": "v",
    "conversion_type": "lead",
    "converted_at": str(START),
}


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """A database with a person of 3,000 visits and 60 purchases, and its run summary."""
    folder = tmp_path_factory.mktemp("busy")
    visits = [
        {
            "session_id": f"s{number:04}",
            "visitor_id": "busy",
            "started_at": (START + timedelta(minutes=number)).isoformat(),
            "utm_source": "google" if number % 2 else "newsletter",
            "utm_medium": "cpc" if number % 2 else "email",
        }
        for number in range(3000)
    ]
    visits.append({"session_id": "other", "visitor_id": "other", "started_at": str(START)})
    purchases = [
        {
            "conversion_id": f"c{number:02}",
            "visitor_id": "busy",
            "conversion_type": "purchase",
            "converted_at": (START + timedelta(minutes=50 * number + 49)).isoformat(),
        }
        for number in range(60)
    ]
    raw_dir = write_csv(folder / "raw", {"sessions": visits, "conversions": purchases})
    db_path, summary = folder / "attribution.duckdb", folder / "summary.json"
    build_or_fail(
        raw_dir,
        db_path,
        *FACTS,
        vars={"run_clock": "2026-05-01 06:00:00"},
        env={"ATTRIBUTION_SUMMARY": str(summary)},
    )
    return raw_dir, db_path, json.loads(summary.read_text())


def test_a_busy_persons_paths_hold_the_touches_nearest_the_conversion(busy):
    _, db_path, _ = busy
    paths = fetch(
        db_path,
        """
        select path_length, first_touch_at, last_touch_at
        from marts.fct_conversions
        order by conversion_id
        """,
    )
    assert [path["path_length"] for path in paths] == [
        min(50 * number + 50, 500) for number in range(60)
    ]
    last = paths[-1]
    assert last["last_touch_at"] == START + timedelta(minutes=2999)
    assert last["first_touch_at"] == START + timedelta(minutes=2500)


def test_the_audit_names_the_paths_that_lack_touches(busy):
    _, db_path, _ = busy
    capped = fetch(db_path, "from audits.audit_capped_paths order by conversion_key")
    assert [row["conversion_key"] for row in capped] == [
        f"web:c{number:02}" for number in range(10, 60)
    ]
    assert all(row["touches_kept"] == 500 for row in capped)
    assert [row["touches_in_window"] for row in capped] == [
        50 * number + 50 for number in range(10, 60)
    ]


def test_the_summary_says_what_a_run_did(busy):
    _, db_path, summary = busy
    assert summary["run_number"] == 1
    assert summary["command"] == "build"
    assert summary["status"] == "success"
    assert summary["started_at"] == "2026-05-01 06:00:00"
    assert summary["raw_rows"]["sessions"] == {"read": 3001, "rejected": 0}
    assert summary["seconds_of_models"]["fct_conversions"] > 0
    assert summary["is_complete"] is False
    assert summary["errors"] == summary["warnings"] == []
    runs = fetch(db_path, "select started_at, status from run_log.runs")
    assert runs == [{"started_at": datetime(2026, 5, 1, 6), "status": "success"}]


def test_a_second_run_at_once_stops_and_names_the_file(busy):
    raw_dir, db_path, _ = busy
    holder = subprocess.Popen(
        [sys.executable, "-c", "import duckdb, sys; c = duckdb.connect(sys.argv[1]); "
         "print('held', flush=True); sys.stdin.read()", str(db_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert holder.stdout.readline() == "held\n"
        result = run_dbt(raw_dir, db_path, *FACTS)
    finally:
        holder.communicate()
    assert result.returncode != 0
    assert str(db_path) in result.stdout
    assert f"PID {holder.pid}" in result.stdout
    assert fetch(db_path, "select count(*) as runs from run_log.runs") == [{"runs": 1}]


def test_another_salt_makes_all_addresses_new(tmp_path):
    session = {"session_id": "s", "email": "a@x.example", "started_at": str(START)}
    raw_dir = write_csv(tmp_path / "raw", {"sessions": [session], "conversions": [LEAD]})
    keys = []
    for salt in ("", "pepper"):
        env = {"ATTRIBUTION_EMAIL_SALT": salt}
        build_or_fail(raw_dir, tmp_path / "attribution.duckdb", *STAGING, env=env)
        keys += fetch(tmp_path / "attribution.duckdb", "select email_key from staging.stg_sessions")
    assert [row["email_key"] for row in keys] == [
        f"email:{hashlib.sha256(f'{salt}a@x.example'.encode()).hexdigest()}"
        for salt in ("", "pepper")
    ]
