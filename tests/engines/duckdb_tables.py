"""What DuckDB makes of a raw folder, for other engines to be compared with."""

import duckdb
from builds import WITHOUT_TESTS
from conftest import build_or_fail
from equal_tables import differences

SCHEMAS = ["marts", "reports", "audits"]
# They tell of runs, not of raw data.
OF_RUNS = ["audit_runs", "audit_runs_v1", "channel_figures_as_reported"]


def raw_tables(folder):
    """The Parquet files of a raw folder, as tables of Arrow by name."""
    return {
        path.stem: duckdb.sql(f"select * from '{path}'").to_arrow_table()
        for path in sorted(folder.glob("*.parquet"))
    }


def before_the_last_month(tables):
    """Raw tables as they were before the last month of sessions and conversions."""
    with duckdb.connect() as connection:
        for name, time in {"sessions": "started_at", "conversions": "converted_at"}.items():
            connection.register("rows", tables[name])
            earlier = connection.sql(
                f"select * from rows where try_cast({time} as timestamp) < ("
                f"select max(try_cast({time} as timestamp)) - interval 30 day from rows)"
            )
            tables = tables | {name: earlier.to_arrow_table()}
    return tables


def built_on_duckdb(folder, scratch):
    """The database file that a build of a raw folder makes, without data tests."""
    database = scratch / "attribution.duckdb"
    build_or_fail(folder, database, *WITHOUT_TESTS)
    return database


def public_tables(database):
    """The public tables that a build has made, as pairs of a relation and a table of Arrow."""
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        names = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where list_contains($schemas, table_schema)"
            " and not list_contains($others, table_name) order by all",
            {"schemas": SCHEMAS, "others": OF_RUNS},
        ).fetchall()
        for schema, name in names:
            relation = f"{schema}.{name}"
            yield relation, connection.sql(f"select * from {relation}").to_arrow_table()


def assert_equal(engine, database, without=()):
    """Fails with what differs in the public tables that an engine made of the same raw folder."""
    lines = []
    for relation, expected in public_tables(database):
        if relation not in without:
            lines += differences(expected, engine.read(relation), relation)
    assert not lines, "\n".join(lines)
