"""Publish a copy of the built database that BI tools can read while the next run writes.

    publish.py target/attribution.duckdb target/published/attribution.duckdb

DuckDB locks a file that is written to: a run can't start while a dashboard has the file open, and
a dashboard can't open it during a run. So tools read a copy. It holds the public schemas alone,
marts, reports and audits, with every view as a table, and takes the place of the copy before it by
a rename: who has that one open goes on reading it.
"""

import argparse
import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

PUBLIC_SCHEMAS = ("marts", "reports", "audits")
# As in profiles.yml: the clients of BI tools are older than the one that builds.
STORAGE_VERSION = "v1.2.0"


class CannotPublish(Exception):
    """The message says what is wrong and what to do."""


def identifier(name: str) -> str:
    """A name as SQL reads it literally."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: object) -> str:
    """A text in SQL, where no parameter may stand."""
    return "'" + str(text).replace("'", "''") + "'"


def public_relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Schema, name and public schema (without `schema_prefix`) of each table and view."""
    return connection.execute(
        """
        select table_schema, table_name, regexp_extract(table_schema, '[a-z]+$') as public_schema
        from information_schema.tables
        where table_catalog = 'built' and list_contains($schemas, public_schema)
            and regexp_matches(table_schema, '(^|_)' || public_schema || '$')
        order by public_schema, table_name
        """,
        {"schemas": list(PUBLIC_SCHEMAS)},
    ).fetchall()


def copy_public_schemas(built: Path, copy: Path) -> int:
    """Copy all public tables of a built database into a new file; the number of tables."""
    with duckdb.connect(config={"preserve_insertion_order": False}) as connection:
        limit = os.environ.get("ATTRIBUTION_MEMORY_LIMIT", "4GB")
        connection.execute(f"set memory_limit = {literal(limit)}")
        try:
            connection.execute(f"attach {literal(built)} as built (read_only)")
        except duckdb.IOException as error:
            raise CannotPublish(
                f"{built} can't be opened: {error}. If a run is writing to it, publish after it."
            ) from error
        relations = public_relations(connection)
        if not relations:
            raise CannotPublish(f"{built} has no public tables yet: `make build` makes them.")
        connection.execute(
            f"attach {literal(copy)} as copy (storage_version {literal(STORAGE_VERSION)})"
        )
        # What views read is found by its schema's name alone.
        connection.execute("use built")
        for schema in PUBLIC_SCHEMAS:
            connection.execute(f"create schema copy.{schema}")
        for schema, name, public_schema in relations:
            connection.execute(
                f"create table copy.{public_schema}.{identifier(name)} as"
                f" from built.{identifier(schema)}.{identifier(name)}"
            )
    return len(relations)


def is_current(built: Path, published: Path) -> bool:
    """Is the copy one of this database as it is? It has the time of what it was made from."""
    return published.exists() and published.stat().st_mtime_ns == built.stat().st_mtime_ns


@contextmanager
def alone(published: Path) -> Iterator[None]:
    """One at a time: who comes second waits, and finds the first one's copy."""
    published.parent.mkdir(parents=True, exist_ok=True)
    with open(published.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def publish(built: Path, published: Path) -> int:
    """Make the copy beside its place, then put it there in one step; the number of tables."""
    copy = published.with_suffix(".new")
    copy.unlink(missing_ok=True)
    written = built.stat()
    try:
        tables = copy_public_schemas(built, copy)
        os.utime(copy, ns=(written.st_atime_ns, written.st_mtime_ns))
        copy.replace(published)
    finally:
        copy.unlink(missing_ok=True)
    return tables


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("built", type=Path, help="the database that dbt builds")
    parser.add_argument("published", type=Path, help="the copy that tools read")
    arguments = parser.parse_args()
    try:
        if not arguments.built.exists():
            raise CannotPublish(f"{arguments.built} does not exist: `make build` makes it.")
        if arguments.built.resolve() == arguments.published.resolve():
            raise CannotPublish(f"{arguments.published} is the built database itself.")
        with alone(arguments.published):
            if is_current(arguments.built, arguments.published):
                return 0
            tables = publish(arguments.built, arguments.published)
    except CannotPublish as error:
        print(f"Not published: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Not published: {arguments.published} can't be written: {error}", file=sys.stderr)
        return 1
    print(f"Published {tables} tables for BI tools: {arguments.published}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
