"""Samples of tools' tables, and what adapters must make of them, on whichever engine.

A sample is a folder of integration_tests/samples; what must come of it stands by hand in
integration_tests/samples/expected, one file for each model, with the columns that matter.
"""

import csv

import duckdb
from builds import ROOT

SAMPLES = ROOT / "integration_tests/samples"
EXPECTED = sorted(SAMPLES.glob("expected/*.csv"))
ADAPTERS = sorted({path.name for path in ROOT.glob("models/sources/*/")} - {"united"})
# The types that loaders give to columns, and that all engines have.
TYPES = "['boolean', 'bigint', 'double', 'date', 'timestamp', 'timestamptz', 'varchar']"
READERS = {
    ".csv": "read_csv('{}', sample_size = -1, dateformat = '%Y-%m-%d', "
    f"auto_type_candidates = {TYPES})",
    ".jsonl": "read_json('{}', sample_size = -1, maximum_depth = -1)",
}


def tables_of(adapter):
    """The sample tables of an adapter, as tables of Arrow by name."""
    return {path.stem: table_of(path) for path in sorted((SAMPLES / adapter).iterdir())}


def table_of(path):
    """A sample as loaders write it: what has no one type, as properties, is text of JSON."""
    rows = duckdb.sql(f"from {READERS[path.suffix].format(path)}")
    columns = [
        f'cast(to_json("{name}") as varchar) as "{name}"' if "JSON" in str(kind) else f'"{name}"'
        for name, kind in zip(rows.columns, rows.types)
    ]
    return rows.select(", ".join(columns)).to_arrow_table()


def made_and_due(path, connection, relation):
    """The rows of a relation of DuckDB and those of a file of expected ones, as sorted texts."""
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    columns = ", ".join(f"coalesce(cast({name} as varchar), '') as {name}" for name in header)
    made = connection.sql(f"select {columns} from {relation}").fetchall()
    return sorted(made), sorted(tuple(row) for row in rows)
