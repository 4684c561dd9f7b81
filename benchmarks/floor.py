"""Runs floor.sql on a raw folder into a DuckDB file: the bare-SQL floor of the benchmark.

python benchmarks/floor.py --raw target/benchmarks/raw --db floor.duckdb --timings floor.json
"""

import argparse
import json
import re
import time
from pathlib import Path
from string import Template

import duckdb

HERE = Path(__file__).resolve().parent


def steps(raw: Path) -> list[tuple[str, str]]:
    """Name and SQL of each step of floor.sql."""
    template = Template((HERE / "floor.sql").read_text())
    # Safe: a `$` that ends a regular expression is no placeholder.
    sql = template.safe_substitute(raw=raw, seeds=HERE.parent / "seeds")
    parts = re.split(r"^-- step: (.*)$", sql, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2]))


def run(raw: Path, db: Path, memory_limit: str) -> dict[str, float]:
    """Seconds of each step. The settings are those of profiles.yml."""
    seconds = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{db}' as floor (storage_version 'v1.2.0'); use floor")
        connection.execute(f"set memory_limit = '{memory_limit}'")
        connection.execute(f"set temp_directory = '{db}.temp'; set TimeZone = 'UTC'")
        connection.execute("set preserve_insertion_order = false")
        for name, sql in steps(raw):
            started, cpu_started = time.perf_counter(), time.process_time()
            connection.execute(sql)
            seconds[name] = time.perf_counter() - started
            cpu_seconds = time.process_time() - cpu_started
            print(f"  {name}: {seconds[name]:.1f} s, CPU {cpu_seconds:.1f} s", flush=True)
        connection.execute("checkpoint")
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--raw", type=Path, required=True)
    parser.add_argument("--db", type=Path, required=True)
    parser.add_argument("--timings", type=Path, required=True)
    parser.add_argument("--memory-limit", default="4GB")
    arguments = parser.parse_args()
    seconds = run(arguments.raw, arguments.db, arguments.memory_limit)
    arguments.timings.write_text(json.dumps(seconds))
