"""The project on a Postgres of the tests: the raw tables in it, dbt on it, and what it has made."""

import io
import os

import psycopg2
import pyarrow as pa
from builds import ROOT, dbt_command
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


class Postgres:
    """A database with nothing in it, of a running server."""

    def __init__(self, host, name, folder):
        self.host, self.name, self.folder = host, name, folder
        administration = self.connection("postgres")
        administration.autocommit = True
        administration.cursor().execute(f"create database {name}")
        administration.close()
        self.execute("create extension fuzzystrmatch; create schema raw")

    def connection(self, database):
        return psycopg2.connect(host=str(self.host), user=OWNER, dbname=database)

    def execute(self, query, file=None):
        """Runs a query; a file goes into `copy ... from stdin`."""
        connection = self.connection(self.name)
        with connection, connection.cursor() as cursor:
            if file:
                cursor.copy_expert(query, file)
            else:
                cursor.execute(query)
            rows = cursor.fetchall() if not file and cursor.description else []
            names = [column.name for column in cursor.description or []]
        connection.close()
        return names, rows

    def load(self, tables):
        """Makes the raw tables, a mapping of names to tables of Arrow, in place of others."""
        for name, table in tables.items():
            columns = ", ".join(f'"{field.name}" {type_name(field.type)}' for field in table.schema)
            self.execute(f"drop table if exists raw.{name} cascade")
            self.execute(f"create table raw.{name} ({columns})")
            content = io.BytesIO()
            csv.write_csv(table, content)
            content.seek(0)
            self.execute(f"copy raw.{name} from stdin (format csv, header)", content)

    def read(self, relation):
        """A table as one of Arrow."""
        names, rows = self.execute(f"select * from {relation}")
        columns = list(zip(*rows)) or [[] for _ in names]
        return pa.table({name: pa.array(list(values)) for name, values in zip(names, columns)})

    def dbt(self, *args, env=None):
        """Runs dbt; fails with what it said."""
        result = dbt_command(
            *args,
            cwd=ROOT,
            env=os.environ | {
                "ATTRIBUTION_POSTGRES_HOST": str(self.host),
                "ATTRIBUTION_POSTGRES_USER": OWNER,
                "ATTRIBUTION_POSTGRES_DATABASE": self.name,
                "PYTHONPATH": str(ROOT / "scripts/engines"),
                "DBT_PROFILES_DIR": str(ROOT),
                "DBT_TARGET": "postgres",
                "DBT_TARGET_PATH": str(self.folder / "target"),
                "DBT_LOG_PATH": str(self.folder / "logs"),
            } | (env or {}),
        )  # fmt: skip
        assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
        return result.stdout


def type_name(kind):
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    return TYPES[kind]
