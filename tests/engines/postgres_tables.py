"""Tables of Arrow in a Postgres, and back."""

import io
from contextlib import contextmanager

import psycopg2
import pyarrow as pa
from postgres_server import OWNER
from pyarrow import csv

TYPES = {
    pa.string(): "text",
    pa.large_string(): "text",
    pa.bool_(): "boolean",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float64(): "double precision",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.timestamp("us", "UTC"): "timestamptz",
}


def type_name(kind):
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    return TYPES[kind]


@contextmanager
def connected(host, database="postgres"):
    connection = psycopg2.connect(host=str(host), user=OWNER, dbname=database)
    try:
        with connection:
            yield connection.cursor()
    finally:
        connection.close()


def load_table(cursor, relation, table):
    """Makes a table of the database from one of Arrow, in place of what it was."""
    columns = ", ".join(f'"{field.name}" {type_name(field.type)}' for field in table.schema)
    cursor.execute(f"drop table if exists {relation} cascade")
    cursor.execute(f"create table {relation} ({columns})")
    content = io.BytesIO()
    csv.write_csv(table, content)
    content.seek(0)
    cursor.copy_expert(f"copy {relation} from stdin (format csv, header)", content)


def read_table(cursor, query):
    """The rows of a query as a table of Arrow."""
    cursor.execute(query)
    names = [column.name for column in cursor.description]
    rows = list(zip(*cursor.fetchall())) or [[] for _ in names]
    return pa.table({name: pa.array(list(values)) for name, values in zip(names, rows)})
