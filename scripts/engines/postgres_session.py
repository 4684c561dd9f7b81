"""Lets dbt-postgres run Python models in dbt's own process, and hands Postgres the e-mail salt.

A model is read, run and written in the transaction in which dbt makes its table (materialization
`python_table`); the tables that it reads and returns are small, and travel by COPY.

The salt of the e-mail hash goes to the server as a setting of each connection, so that it stands in
no compiled model, log line or profile.
"""

import io
import os

import pyarrow as pa
from dbt.adapters.base import PythonJobHelper
from dbt.adapters.contracts.connection import AdapterResponse
from dbt.adapters.postgres.impl import PostgresAdapter
from in_process import returned_rows
from pyarrow import csv

# By the number of a type in Postgres; numeric is read as double, as DuckDB gives it to Python.
READ_TYPES = {
    16: pa.bool_(),
    20: pa.int64(),
    21: pa.int64(),
    23: pa.int64(),
    25: pa.string(),
    701: pa.float64(),
    1043: pa.string(),
    1082: pa.date32(),
    1114: pa.timestamp("us"),
    1700: pa.float64(),
}
WRITTEN_TYPES = [
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "bigint"),
    (pa.types.is_floating, "double precision"),
    (pa.types.is_date, "date"),
    (pa.types.is_timestamp, "timestamp"),
    (pa.types.is_null, "text"),
    (pa.types.is_string, "text"),
    (pa.types.is_large_string, "text"),
]
METHOD = "session"


class InProcessJob(PythonJobHelper):
    """Runs one Python model and writes its rows as `<name>__dbt_tmp`, which dbt then renames."""

    def __init__(self, adapter: PostgresAdapter, parsed_model: dict) -> None:
        self._cursor = adapter.connections.get_thread_connection().handle.cursor()
        self._schema = parsed_model["schema"]
        self._table = f'"{self._schema}"."{parsed_model["alias"]}__dbt_tmp"'

    def submit(self, compiled_code: str) -> None:
        self.write(returned_rows(compiled_code, self.read))

    def read(self, query: str) -> pa.Table:
        """The rows of a query."""
        # dbt writes the quotes of a relation's name with a backslash.
        query = query.replace('\\"', '"')
        self._cursor.execute(f"select * from ({query}) as rows limit 0")
        types = {column.name: READ_TYPES[column.type_code] for column in self._cursor.description}
        content = io.BytesIO()
        self._cursor.copy_expert(f"copy ({query}) to stdout (format csv, header)", content)
        content.seek(0)
        return csv.read_csv(
            content,
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=types,
                true_values=["t"],
                false_values=["f"],
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )

    def write(self, rows: pa.Table) -> None:
        """Makes the table; an empty text is quoted, a null is not."""
        columns = ", ".join(
            f'"{field.name}" {next(name for fits, name in WRITTEN_TYPES if fits(field.type))}'
            for field in rows.schema
        )
        self._cursor.execute(f"create table {self._table} ({columns})")
        content = io.BytesIO()
        csv.write_csv(rows, content)
        content.seek(0)
        self._cursor.copy_expert(f"copy {self._table} from stdin (format csv, header)", content)


def add_in_process_method() -> None:
    PostgresAdapter.python_submission_helpers = property(
        lambda adapter: {METHOD: lambda model, credentials: InProcessJob(adapter, model)}
    )
    PostgresAdapter.default_python_submission_method = METHOD
    PostgresAdapter.generate_python_submission_response = lambda adapter, result: AdapterResponse(
        _message="OK"
    )


def set_options() -> None:
    """Settings of each connection. Compiling long queries to machine code takes minutes."""
    salt = os.environ.get("ATTRIBUTION_EMAIL_SALT", "")
    escaped = salt.replace("\\", "\\\\").replace(" ", "\\ ")
    own = f"-c jit=off -c attribution.email_salt={escaped}"
    os.environ["PGOPTIONS"] = f"{os.environ.get('PGOPTIONS', '')} {own}".strip()


add_in_process_method()
set_options()
