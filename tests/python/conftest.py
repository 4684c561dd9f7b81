"""What the Python tests share: writing raw folders, running dbt on them, reading results."""

import csv
import fcntl
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
import yaml
from builds import ROOT, dbt_command, parsed_project

BIN = Path(sys.executable).parent
# Files of many builds begin first, so that no worker is left alone with one at the end.
LONGEST = [
    "test_dbt_features", "test_end_to_end", "test_incremental", "test_incremental_stories",
    "test_properties", "test_raw_folders", "test_raw_tables",
]  # fmt: skip
PLACES = {"--project-dir", "--profiles-dir", "--target-path", "--log-path"}


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def run_dbt(raw_dir, db_path, *args, vars=None, env=None, quiet=True):
    """`dbt build` on a raw folder into a database file; unit tests stay out, they need no data.

    In a process of its own. It finds the project parsed, unless the run has places of its own, or
    the file another name than `attribution.duckdb`.
    """
    if db_path.name != "attribution.duckdb" or not PLACES.isdisjoint(args):
        return run_command(raw_dir, db_path, *args, vars=vars, env=env)
    code, output = parsed_project().run_into(
        db_path, raw_dir, *args, vars=vars, env=env, quiet=quiet
    )
    return subprocess.CompletedProcess(args, code, output, stderr="")


def run_command(raw_dir, db_path, *args, vars=None, env=None):
    """The same by the command line, with a target path and a log path of its own."""
    project = parsed_project().folder / "project"
    with tempfile.TemporaryDirectory(prefix="dbt_") as scratch:
        return dbt_command(
            "--quiet", "build", "--exclude-resource-type", "unit_test",
            "--project-dir", project, "--profiles-dir", project,
            "--target-path", f"{scratch}/target", "--log-path", f"{scratch}/logs",
            *(["--vars", yaml.safe_dump(vars)] if vars else []),
            *args,
            cwd=project,
            env=os.environ
            | {
                "ATTRIBUTION_RAW_DIR": str(raw_dir),
                "ATTRIBUTION_DB": str(db_path),
                "ATTRIBUTION_TEMP_DIR": f"{scratch}/duckdb",
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            }
            | (env or {}),
        )  # fmt: skip


def build_or_fail(*args, run=run_dbt, **kwargs):
    result = run(*args, **kwargs)
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
    return result


def write_csv(folder, tables):
    """One file per table; the columns are those that any of its rows has."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(rows)
    return folder


def fetch(db_path, query):
    """The rows of a query, as dicts."""
    with duckdb.connect(str(db_path), read_only=True) as connection:
        cursor = connection.execute(query)
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row)) for row in cursor.fetchall()]


@contextmanager
def one_at_a_time(lock_path):
    """Keeps other workers of a parallel test run out."""
    with lock_path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, request):
    """One folder for the whole test run, whatever the number of workers."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if hasattr(request.config, "workerinput") else folder


def built_once(shared_folder, name, build):
    """The database that `build` makes in a folder of that name; made once per test run."""
    folder = shared_folder / name
    with one_at_a_time(shared_folder / f"{name}.lock"):
        if not folder.exists():
            unfinished = shared_folder / f"{name}_unfinished"
            unfinished.mkdir(exist_ok=True)
            build(unfinished)
            unfinished.rename(folder)
    return folder / "attribution.duckdb"


@pytest.fixture(scope="session")
def demo_db(shared_folder):
    """The database of a whole build on the cut of the demo, with data tests, beside its files.

    By the command line, so that tables have their comments.
    """

    def build(folder):
        raw_dir = folder / "demo_data"
        subprocess.run(
            [sys.executable, ROOT / "scripts/make_demo_data.py", "--cut", "--out", raw_dir],
            check=True,
        )
        build_or_fail(raw_dir, folder / "attribution.duckdb", run=run_command)

    return built_once(shared_folder, "demo", build)
