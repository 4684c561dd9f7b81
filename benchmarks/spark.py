"""What a full build costs on Apache Spark with one and with two task slots, beside DuckDB.

    make benchmark-spark SESSIONS=1000000

Made sessions are built on DuckDB, then on Spark in local mode with tables of Iceberg. Every public
table must have the same number of rows and, to a billionth, the same sums of its numbers. Times,
the work of tasks and what they shuffled are printed as a table.

Data tests and unit tests are left out. The environment is that of `make test-spark`.
"""

import argparse
import json
import math
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
from measuring import PROJECT, build, machine, node_seconds, raw_folder, slowest_table, table

sys.path += [str(PROJECT / name) for name in ("scripts/engines", "tests/engines", "tests/python")]
from builds import WITHOUT_TESTS  # noqa: E402
from duckdb_tables import OF_RUNS, SCHEMAS  # noqa: E402
from spark_cluster import Spark, spark_session  # noqa: E402

GIB = 2**30
# Fewer partitions than a cluster would have, for as many cores.
SETTINGS = {
    "spark.driver.memory": "10g",
    "spark.default.parallelism": "8",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.codegen.wholeStage": "true",
    "spark.eventLog.enabled": "true",
    # Files of DuckDB have times without a zone, which are in UTC.
    "spark.sql.parquet.inferTimestampNTZ.enabled": "false",
}
Sums = dict[str, dict[str, float]]  # by table and column, and `number_of_rows`


@dataclass
class Work:
    """What a build took on Spark; seconds and GiB of its tasks are sums."""

    seconds: float
    task_seconds: float
    task_cpu_seconds: float
    shuffled_gib: float
    spilled_gib: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--slots", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = PROJECT / f"target/benchmarks/{options.sessions}"
    raw = raw_folder(options.sessions, folder)
    if options.only:
        build_on_spark(raw, folder / f"spark_{options.only}", options.only)
    else:
        compare(raw, folder, options)


def compare(raw: Path, folder: Path, options: argparse.Namespace) -> None:
    print(f"{options.sessions:,} sessions, {machine()}", flush=True)
    cost = build(raw, folder / "beside_spark", options=tuple(WITHOUT_TESTS))
    print(f"DuckDB: {cost}", flush=True)
    rows = [["DuckDB", f"{cost.seconds:.0f}", "", f"{cost.cpu_seconds:.0f}", "", ""]]
    expected = duckdb_sums(folder / "beside_spark/build.duckdb")
    differing = []
    for slots in options.slots:
        # A process for each, since a session keeps the settings that it began with.
        choice = ["--sessions", str(options.sessions), "--only", str(slots)]
        subprocess.run([sys.executable, __file__, *choice], check=True)
        out = folder / f"spark_{slots}"
        work = Work(**json.loads((out / "work.json").read_text()))
        rows.append([f"Spark, {slots} slots", *(f"{value:.4g}" for value in asdict(work).values())])
        differing += differences(expected, json.loads((out / "sums.json").read_text()), slots)
        print("\n".join(slowest_table(f"Spark, {slots} slots", node_seconds(out), 15)), flush=True)
    header = ["build", "wall time, s", "tasks, s", "CPU time, s", "shuffled, GiB", "spilled, GiB"]
    print("\n".join(table(header, rows)))
    if differing:
        sys.exit("\n".join(differing))


def build_on_spark(raw: Path, folder: Path, slots: int) -> None:
    """Builds all models in a session of its own; leaves work.json and sums.json in the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "events").mkdir(parents=True)
    settings = SETTINGS | {"spark.eventLog.dir": (folder / "events").as_uri()}
    with spark_session(folder, f"local[{slots}]", settings) as session:
        spark = Spark(folder, session)
        session.sql("create database raw")
        for path in sorted(raw.glob("*.parquet")):
            session.sql(f"create table raw.{path.stem} using parquet location '{path.resolve()}'")
        started = time.perf_counter()
        spark.dbt("build", *WITHOUT_TESTS)
        seconds = time.perf_counter() - started
        sums = spark_sums(spark)
    work = Work(seconds, *of_tasks(folder / "events"))
    (folder / "work.json").write_text(json.dumps(asdict(work)))
    (folder / "sums.json").write_text(json.dumps(sums))


def of_tasks(events: Path) -> list[float]:
    """Seconds, seconds of CPU, GiB shuffled and GiB spilled by all tasks, of Spark's event log."""
    totals = [0.0, 0.0, 0.0, 0.0]
    for path in events.iterdir():
        for line in path.open():
            if '"SparkListenerTaskEnd"' in line:
                metrics = json.loads(line)["Task Metrics"]
                values = [
                    metrics["Executor Run Time"] / 1e3,
                    metrics["Executor CPU Time"] / 1e9,
                    metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"] / GIB,
                    metrics["Disk Bytes Spilled"] / GIB,
                ]
                totals = [total + value for total, value in zip(totals, values, strict=True)]
    return totals


def query_of_sums(relation: str, columns: list[str]) -> str:
    sums = [f"sum(cast({column} as double)) as {column}" for column in columns]
    return f"select {', '.join(['count(*) as number_of_rows', *sums])} from {relation}"


def spark_sums(spark: Spark) -> Sums:
    sums = {}
    for schema in SCHEMAS:
        for row in spark.session.sql(f"show tables in {schema}").collect():
            types = spark.session.table(f"{schema}.{row.tableName}").dtypes
            numbers = [name for name, kind in types if is_number(kind)]
            query = query_of_sums(f"{schema}.{row.tableName}", numbers)
            sums[f"{schema}.{row.tableName}"] = spark.read(f"({query})").to_pylist()[0]
    return sums


def duckdb_sums(database: Path) -> Sums:
    sums = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        columns: dict[str, list[str]] = {}
        for schema, name, column, kind in connection.sql(
            "select table_schema, table_name, column_name, lower(data_type)"
            " from information_schema.columns"
        ).fetchall():
            if schema in SCHEMAS and name not in OF_RUNS:
                of_table = columns.setdefault(f"{schema}.{name}", [])
                of_table += [column] if is_number(kind) else []
        for relation, numbers in columns.items():
            query = query_of_sums(relation, numbers)
            sums[relation] = connection.sql(query).to_arrow_table().to_pylist()[0]
    return sums


def is_number(kind: str) -> bool:
    return kind.startswith(("decimal", "double", "float", "int", "bigint", "hugeint", "smallint"))


def differences(expected: Sums, found: Sums, slots: int) -> list[str]:
    lines = []
    for relation, sums in expected.items():
        for column, due in sums.items():
            value = found.get(relation, {}).get(column)
            if not (due == value or due and value and math.isclose(due, value, rel_tol=1e-9)):
                lines.append(f"{slots} slots: {relation}.{column}: {due} due, {value} found")
    return lines


if __name__ == "__main__":
    main()
