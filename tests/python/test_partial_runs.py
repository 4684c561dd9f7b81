"""Runs of a part of the project beside a whole one: a branch's changes, a retry."""

import hashlib
import json
import os
import shutil
import subprocess

import pytest
from builds import WITHOUT_TESTS, copy_project
from conftest import BIN, fetch, write_csv
from stories import change_rows, start

MODIFIED = "rpt_top_paths"


def dbt_or_fail(folder, *args, env):
    """dbt in the project copy of a folder; unlike elsewhere its target folder stays."""
    result = subprocess.run(
        [BIN / "dbt", "--quiet", *args],
        cwd=folder / "project",
        env=os.environ
        | {
            "ATTRIBUTION_RAW_DIR": str(folder / "raw"),
            "ATTRIBUTION_DB": str(folder / "attribution.duckdb"),
            "ATTRIBUTION_TEMP_DIR": str(folder / "spilled"),
            "DBT_PROFILES_DIR": ".",
            "DBT_TARGET_PATH": str(folder / "target"),
            "DBT_LOG_PATH": str(folder / "logs"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        }
        | env,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]


@pytest.fixture
def production(tmp_path):
    """A folder with a project copy, a raw folder, and the database and target of a whole build."""
    copy_project(tmp_path / "project")
    write_csv(tmp_path / "raw", start())
    dbt_or_fail(tmp_path, "build", *WITHOUT_TESTS, env={})
    return tmp_path


def modified_beside(production):
    """What a build of a branch's changes made: its tables, by schema and name."""
    report = production / f"project/models/reports/{MODIFIED}.sql"
    unmodified = report.read_text()
    report.write_text(unmodified + "-- modified\n")
    dbt_or_fail(
        production, "build", *WITHOUT_TESTS, "--target", "pull_request", "--defer",
        "--select", "state:modified+", "--state", production / "target",
        env={
            "ATTRIBUTION_PRODUCTION_DB": str(production / "attribution.duckdb"),
            "ATTRIBUTION_DB": str(production / "branch.duckdb"),
            "DBT_TARGET_PATH": str(production / "branch_target"),
        },
    )  # fmt: skip
    report.write_text(unmodified)
    return fetch(
        production / "branch.duckdb",
        "select schema_name, table_name from duckdb_tables() where schema_name != 'run_log'",
    )


def start_and_leave(production):
    """New raw rows, and a run that dies after the conversions."""
    raw = start()
    change_rows(raw)
    shutil.rmtree(production / "raw")
    write_csv(production / "raw", raw)
    dbt_or_fail(
        production, "build", *WITHOUT_TESTS, "--select", "+int_conversions",
        env={"DBT_TARGET_PATH": str(production / "dead_target")},
    )  # fmt: skip


def retry(production, model):
    """A retry, as if this model had failed in the last run that dbt knows of."""
    path = production / "target/run_results.json"
    results = json.loads(path.read_text())
    for result in results["results"]:
        if result["unique_id"].endswith(f".{model}"):
            result["status"] = "error"
    path.write_text(json.dumps(results))
    dbt_or_fail(production, "retry", env={})


def test_parts_leave_the_rest_as_it_is(production):
    """One story, as a whole build is dear: what another run still needs must not be lost."""
    db_path = production / "attribution.duckdb"
    built = hashlib.sha256(db_path.read_bytes()).digest()
    made = modified_beside(production)
    assert made == [{"schema_name": "reports", "table_name": MODIFIED}]
    assert hashlib.sha256(db_path.read_bytes()).digest() == built
    rows = [
        fetch(path, f"from reports.{MODIFIED} order by all")
        for path in (production / "branch.duckdb", db_path)
    ]
    assert rows[0]
    assert rows[0] == rows[1]

    start_and_leave(production)
    changes = fetch(db_path, "from changes.int_conversions order by all")
    assert changes
    retry(production, MODIFIED)
    assert fetch(db_path, "from changes.int_conversions order by all") == changes
    assert fetch(db_path, "select status from run_log.runs") == [{"status": "success"}] * 3
