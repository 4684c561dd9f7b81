"""Runs of dbt in little time: builds of project copies, whose seeds may change, and commands."""

import atexit
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["models", "python_models", "macros", "seeds", "tests/data", "analyses", "scripts"]
FILES = ["dbt_project.yml", "profiles.yml", "packages.yml", "package-lock.yml"]
SERVER = ROOT / "tests/python/dbt_server.py"
WITHOUT_TESTS = ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]


class Builds:
    """Builds in one scratch folder: `project` is the copy, `<name>/attribution.duckdb` a database.

    All databases have one file name, as dbt takes the name of the database from it.
    """

    def __init__(self, folder):
        self.folder = folder
        self.number = 0

    def db_path(self, name):
        return self.folder / name / "attribution.duckdb"

    def run(self, name, raw_dir, *args, vars=None, salt="", kill_after=None):
        """`dbt build` into the database of that name; the exit code, and what dbt said."""
        env = {"ATTRIBUTION_EMAIL_SALT": salt}
        args = [*WITHOUT_TESTS, *args]
        self.db_path(name).parent.mkdir(exist_ok=True)
        return self.run_into(
            self.db_path(name), raw_dir, *args, vars=vars, env=env, kill_after=kill_after
        )

    def run_into(self, db_path, raw_dir, *args, vars=None, env=None, quiet=True, kill_after=None):
        """`dbt build` into a database file; the exit code, and what dbt said."""
        self.number += 1
        output = self.folder / f"output_{self.number}.txt"
        code = answer_of_server(
            folder=self.folder / "project",
            args=["build", *args],
            vars=json.dumps(vars or {}, sort_keys=True),
            env={
                "ATTRIBUTION_RAW_DIR": raw_dir,
                "ATTRIBUTION_DB": db_path,
                "ATTRIBUTION_TEMP_DIR": self.folder / "spilled",
            }
            | (env or {}),
            output=output,
            quiet=quiet,
            kill_after=kill_after,
        )
        return code, output.read_text()

    def build(self, name, raw_dir, *args, **kwargs):
        """As `run`, but it must succeed; the path of the database."""
        code, output = self.run(name, raw_dir, *args, **kwargs)
        if code != 0:
            raise RuntimeError(f"dbt ended with {code}\n{output[-6000:]}")
        return self.db_path(name)

    def fresh(self, raw_dir, *args, **kwargs):
        """A build into a new database file."""
        shutil.rmtree(self.folder / "fresh", ignore_errors=True)
        return self.build("fresh", raw_dir, *args, **kwargs)

    def forget_changes(self, name):
        """As a complete run does at its end: what has not changed until now is not read again."""
        with duckdb.connect(str(self.db_path(name))) as connection:
            lists = connection.execute(
                "select schema_name || '.' || table_name from duckdb_columns() "
                "where column_name = 'is_changed'"
            )
            for (table,) in lists.fetchall():
                connection.execute(f"delete from {table} where fingerprint is null")
                connection.execute(f"update {table} set is_changed = false")

    def edit_seeds(self, edits):
        """Seeds as shipped, but for some rows; a row replaces what it names of its first column."""
        for path in (ROOT / "seeds").glob("*.csv"):
            with path.open(newline="", encoding="utf-8") as file:
                reader = csv.DictReader(file)
                columns, rows = reader.fieldnames, list(reader)
            if path.stem in edits:
                by_key = {row[columns[0]]: row for row in rows}
                for edit in edits[path.stem]:
                    by_key[edit[columns[0]]] = by_key.get(edit[columns[0]], {}) | edit
                rows = list(by_key.values())
            write_seed(self.folder / "project/seeds" / path.name, columns, rows)


def write_seed(path, columns, rows):
    """A seed with each value in quotes: DuckDB would take two apostrophes, a junk id, for none."""
    lines = [list(columns), *([row.get(column, "") for column in columns] for row in rows)]
    path.write_text(
        "".join(
            ",".join('"' + value.replace('"', '""') + '"' if value else "" for value in line) + "\n"
            for line in lines
        ),
        encoding="utf-8",
    )


def copy_project(folder, with_adapters=False, with_engines=False):
    """What builds need; the rest would only be parsed: unit tests, adapters that are off, and the
    SQL of other engines than DuckDB."""
    unread = ["__pycache__", "*__unit_tests.yml", *([] if with_engines else ["other_engines"])]

    def ignored(parent, names):
        if Path(parent) == ROOT / "models/sources" and not with_adapters:
            return set(names) - {"united"}
        return shutil.ignore_patterns(*unread)(parent, names)

    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "dbt_packages").symlink_to((ROOT / "dbt_packages").resolve())


def builds_in(folder):
    """Builds of a new project copy in that folder."""
    copy_project(folder / "project")
    return Builds(folder)


def dbt_command(*args, cwd, env):
    """The completed process of a command line of dbt; `env` is its whole environment."""
    with tempfile.TemporaryDirectory(prefix="dbt_said_") as said:
        output, errors = Path(said) / "output", Path(said) / "errors"
        env = {name: str(value) for name, value in env.items()}
        args = [str(arg) for arg in args]
        code = answer_of_server(folder=cwd, args=args, env=env, output=output, errors=errors)
        return subprocess.CompletedProcess(
            args, code, output.read_text(errors="replace"), errors.read_text(errors="replace")
        )


@cache
def parsed_project():
    """Builds of a project copy that is as it is here, as long as these tests run."""
    folder = tempfile.TemporaryDirectory(prefix="parsed_")
    atexit.register(folder.cleanup)
    return builds_in(Path(folder.name))


@cache
def server():
    """The process of dbt_server.py; it has read this project's templates by parsing a copy.

    Its builds write no comments, which take a tenth of their time.
    """
    project = parsed_project().folder / "project"
    env = os.environ | {
        "ATTRIBUTION_DB": str(project.parent / "attribution.duckdb"),
        "ATTRIBUTION_PERSIST_DOCS": "false",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    process = subprocess.Popen(
        [sys.executable, SERVER],
        cwd=project, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    atexit.register(process.wait)
    atexit.register(process.stdin.close)
    return process


def answer_of_server(**request):
    """The exit code of a run of dbt."""
    print(json.dumps(request, default=str), file=server().stdin, flush=True)
    return int(server().stdout.readline())
