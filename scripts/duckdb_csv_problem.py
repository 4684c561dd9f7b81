"""dbt-duckdb plugin: gives SQL the function `csv_problem(path)`, which says in words why a CSV file
can't be read, or null.

DuckDB itself stops at bytes that are no UTF-8 in the middle of a run. After a quote that is never
closed it takes all rows that follow for one value, mostly without a word.
"""

import csv
from collections.abc import Iterator

from dbt.adapters.duckdb.plugins import BasePlugin

# DuckDB reads no longer line; a quote that is never closed makes one, sooner or later.
LONGEST_VALUE = 2_000_000


class Plugin(BasePlugin):
    """Adds the function to the connection; dbt-duckdb looks the class up by this name."""

    def configure_connection(self, conn):
        conn.create_function(
            "csv_problem",
            csv_problem,
            ["VARCHAR"],
            "VARCHAR",
            null_handling="special",
            side_effects=True,
        )


def csv_problem(path: str) -> str | None:
    try:
        with open(path, "rb") as file:
            return problem_of_lines(file)
    except OSError:
        return None  # no local file: DuckDB has to judge it


def problem_of_lines(lines: Iterator[bytes]) -> str | None:
    csv.field_size_limit(LONGEST_VALUE)
    reader = csv.reader(decoded(lines))
    last, begins, next_begins = [], 1, 1
    try:
        for row in reader:
            last, begins, next_begins = row, next_begins, reader.line_num + 1
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02x}"
        return f"line {reader.line_num + 1} is not UTF-8 (byte {byte}); save the file as UTF-8"
    except csv.Error as error:
        if "field limit" not in str(error):
            return None
        last, begins = ["too long"], next_begins
    # Behind the last line stands an empty one, which is part of a value only within quotes.
    if last:
        return (
            f'in the row that begins in line {begins} a quote (") is opened and never closed; '
            'close it, and write a quote within a value twice ("")'
        )
    return None


def decoded(lines: Iterator[bytes]) -> Iterator[str]:
    for line in lines:
        yield line.decode()
    yield "\n"
