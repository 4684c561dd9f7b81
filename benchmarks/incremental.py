"""What a scheduled run costs beside a full build: with a day of new data, and with nothing new.

    python benchmarks/incremental.py --sessions 1000000 --increment 0.003

Builds the year without its last stretch, then runs on the whole year, then once more with nothing
new; beside that the same on an empty raw folder, which is dbt's own cost. At the end a full build
of the whole year must give the same tables. Results go to target/benchmarks.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import duckdb
from measuring import PROJECT, Cost, build, node_seconds, raw_folder, run, table

SLOWEST_SHOWN = 25
FEW = 100
PUBLISHED = ("marts", "reports", "audits")


def differences(updated: Path, rebuilt: Path) -> list[str]:
    """Published tables of which number of rows or the sum of a number is not the same.

    Views are made of tables that are compared.
    """
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{updated}' as updated (read_only)")
        connection.execute(f"attach '{rebuilt}' as rebuilt (read_only)")
        columns = connection.execute(
            """
            select
                table_schema || '.' || table_name,
                list(column_name) filter (data_type in ('BIGINT', 'INTEGER', 'DECIMAL(18,4)'))
            from information_schema.columns
            inner join information_schema.tables using (table_catalog, table_schema, table_name)
            where
                table_catalog = 'rebuilt'
                and table_type = 'BASE TABLE'
                and table_schema in ?
            group by all
            """,
            [PUBLISHED],
        ).fetchall()
        for name, numbers in sorted(columns):
            sums = ", ".join(["count(*)", *(f'sum("{number}")' for number in numbers or [])])
            results = [
                connection.execute(f"select {sums} from {database}.{name}").fetchone()
                for database in ("updated", "rebuilt")
            ]
            if results[0] != results[1]:
                found.append(f"{name}: updated {results[0]}, rebuilt {results[1]}")
    return found


def share(cost: Cost, own: Cost, full: Cost, own_full: Cost) -> list[str]:
    """Of wall and CPU time, what a run costs of a full build, each less dbt's own cost."""
    one, whole = cost.less(own), full.less(own_full)
    return [
        f"{one.seconds / whole.seconds:.1%}",
        f"{one.cpu_seconds / whole.cpu_seconds:.1%}",
    ]


def report(sessions: int, increment: float, costs: dict[str, Cost], nodes: list[dict]) -> str:
    """The results as Markdown."""
    # With new data nearly all models run, with nothing new none does, and a first build has to read
    # the project's files besides: dbt's own cost is as unlike.
    full, own_full = costs["full build"], costs["full build, empty folder"]
    lines = [
        f"# Runs on {sessions:,} sessions, {increment:.1%} of them new",
        "",
        *table(
            ["run", "wall time, s", "CPU time, s", "peak memory, GiB"],
            [
                [name, f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", f"{cost.peak_gib:.2f}"]
                for name, cost in costs.items()
            ],
        ),
        "",
        *table(
            ["of a full build less that of an empty folder", "wall time", "CPU time"],
            [
                [f"{name}, less {own}", *share(costs[name], costs[own], full, own_full)]
                for name, own in (
                    ("new data", "full build, empty folder"),
                    ("new data", f"new data, {FEW} sessions"),
                    ("nothing new", "nothing new, empty folder"),
                )
            ],
        ),
        "",
        *table(
            ["slowest nodes of the run with new data", "s"],
            [[node["name"], f"{node['seconds']:.2f}"] for node in nodes[:SLOWEST_SHOWN]],
        ),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--increment", type=float, default=0.003, help="share of new sessions")
    parser.add_argument("--out", type=Path, default=PROJECT / "target/benchmarks")
    arguments = parser.parse_args()
    sessions, increment = arguments.sessions, arguments.increment
    out = arguments.out.resolve()
    folder, empty_folder = out / f"{sessions}", out / "0"

    print(f"Raw folders of {sessions:,} sessions, with and without the last", flush=True)
    before = raw_folder(sessions, folder, 1 - increment)
    after, empty = raw_folder(sessions, folder), raw_folder(0, empty_folder)
    few_folder = out / f"{FEW}"
    few_before, few_after = raw_folder(FEW, few_folder, 0.9), raw_folder(FEW, few_folder)
    costs, nodes = {}, []
    for name, step in {
        "full build, empty folder": lambda: build(empty, empty_folder),
        "nothing new, empty folder": lambda: run(empty, empty_folder),
        f"full build, {FEW} sessions": lambda: build(few_before, few_folder),
        f"new data, {FEW} sessions": lambda: run(few_after, few_folder),
        "full build": lambda: build(before, folder),
        "new data": lambda: run(after, folder),
        "nothing new": lambda: run(after, folder),
    }.items():
        print(f"{name.capitalize()}", flush=True)
        costs[name] = step()
        print(f"  {costs[name]}", flush=True)
        nodes = node_seconds(folder) if name == "new data" else nodes

    print("A full build of the whole, to compare", flush=True)
    rebuilt = out / f"{sessions}_rebuilt"
    rebuilt.mkdir(parents=True, exist_ok=True)
    print(f"  {build(after, rebuilt)}", flush=True)
    found = differences(folder / "build.duckdb", rebuilt / "build.duckdb")

    text = report(sessions, increment, costs, nodes)
    (out / f"{sessions}_incremental.md").write_text(text)
    (out / f"{sessions}_incremental.json").write_text(
        json.dumps(
            {"costs": {name: asdict(cost) for name, cost in costs.items()}, "nodes": nodes},
            indent=2,
        )
    )
    print(f"\n{text}", flush=True)
    if found:
        sys.exit("The updated and the rebuilt tables differ:\n  " + "\n  ".join(found))


if __name__ == "__main__":
    main()
