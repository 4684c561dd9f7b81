"""Runs the Python models of this project in the process of dbt, on engines that have no other way.

Each of them reads small aggregates and returns one. A model sees what it sees on DuckDB: an object
with the few methods of DuckDB's relations that they use. Filters and selections are done by the
engine, and only their result comes to this process.
"""

from collections.abc import Callable

import pandas as pd
import pyarrow as pa


def pandas_type(data_type: pa.DataType) -> pa.DataType:
    if pa.types.is_decimal(data_type):
        return pa.float64()
    is_time = pa.types.is_date(data_type) or pa.types.is_timestamp(data_type)
    return pa.timestamp("us") if is_time else data_type


class Relation:
    """A query whose rows a Python model may read; `read` runs SQL and returns a table of Arrow."""

    def __init__(self, read: Callable[[str], pa.Table], query: str):
        self._read = read
        self._query = query

    def filter(self, condition: str) -> "Relation":
        return Relation(self._read, f"select * from ({self._query}) as rows where {condition}")

    def select(self, columns: str) -> "Relation":
        return Relation(self._read, f"select {columns} from ({self._query}) as rows")

    def df(self) -> pd.DataFrame:
        """The rows as pandas; decimals as doubles and dates as times, as DuckDB gives them."""
        table = self._read(self._query)
        types = [pandas_type(field.type) for field in table.schema]
        return table.cast(pa.schema(zip(table.column_names, types, strict=True))).to_pandas()

    def fetchnumpy(self) -> dict:
        """The columns as arrays of numpy, by name."""
        return {name: column.to_numpy() for name, column in self.df().items()}


def returned_rows(code: str, read: Callable[[str], pa.Table], session=None) -> pa.Table:
    """Runs the compiled code of a Python model and returns its rows."""
    namespace: dict = {}
    exec(compile(code, "python_model", "exec"), namespace)
    context = namespace["dbtObj"](lambda name: Relation(read, f"select * from {name}"))
    rows = namespace["model"](context, session)
    return rows if isinstance(rows, pa.Table) else pa.Table.from_pandas(rows, preserve_index=False)
