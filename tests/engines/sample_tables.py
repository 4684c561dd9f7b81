"""What an engine that speaks Spark's SQL makes of the samples of tools' tables."""

import json
from contextlib import contextmanager

import duckdb
import pyarrow as pa
from samples import ADAPTERS, EXPECTED, tables_of

SELECTED = ["--select", "+assisted_conversions.sources"]
BUILD = ["build", *SELECTED, "--exclude-resource-type", "unit_test"]


@contextmanager
def made_of_samples(engine):
    """A connection to DuckDB that knows what the engine made, with all adapters on, by model."""
    for adapter in ADAPTERS:
        engine.load(tables_of(adapter), schema=adapter)
    # A schema each, whatever the tool calls it.
    settings = {"adapters": {adapter: {"schema": adapter} for adapter in ADAPTERS}}
    engine.dbt(*BUILD, "--vars", json.dumps(settings))
    with duckdb.connect() as connection:
        for path in EXPECTED:
            connection.register(path.stem, without_zones(engine.read(f"sources.{path.stem}")))
        yield connection


def without_zones(table):
    """The table with its times as those of UTC, without saying so, as on DuckDB."""
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            times = table.column(place).cast(pa.timestamp("us"))
            table = table.set_column(place, field.name, times)
    return table
