"""Raw tables as Parquet files: all text, or each column in the type that its name promises."""

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
from reference.inputs import (
    TABLES,
    parse_amount,
    parse_boolean,
    parse_date,
    parse_moment,
    parse_number,
    parse_timestamp,
)


def text_table(rows, columns):
    return pa.table({column: pa.array([row.get(column) for row in rows], pa.string())
                     for column in columns})  # fmt: skip


def typed_table(table, rows, zone):
    """Each column in the type that its name promises; what is no such value becomes null."""
    kinds = {
        "timestamp": (parse_timestamp, pa.timestamp("us", zone)),
        "moment": (lambda value: parse_moment(value, "UTC"), pa.timestamp("us", zone)),
        "date": (parse_date, pa.date32()),
        "number": (parse_number, pa.decimal128(18, 4)),
        "amount": (parse_amount, pa.decimal128(18, 4)),
        "integer": (lambda value: int(parse_number(value) or 0) if value else None, pa.int64()),
        "boolean": (parse_boolean, pa.bool_()),
    }
    columns = {}
    for column, declared in TABLES[table].items():
        parse, arrow_type = kinds.get(declared.rstrip("!"), (lambda value: value, pa.string()))
        values = [parse(row.get(column)) for row in rows]
        if pa.types.is_decimal(arrow_type):
            values = [value and value.quantize(Decimal("0.0001")) for value in values]
        columns[column] = pa.array(values, arrow_type)
    return pa.table(columns)


def write_parquet(folder, tables):
    folder.mkdir(parents=True, exist_ok=True)
    for table, arrow_table in tables.items():
        pq.write_table(arrow_table, folder / f"{table}.parquet")
    return folder
