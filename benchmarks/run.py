"""Time and memory of a whole build on made data, beside a bare-SQL floor for the same work.

    python benchmarks/run.py --sessions 1000000

Each step is a process of its own: make the raw folder (kept for the next run), build on an empty
one (dbt's own cost), run the floor, build what the floor makes too (the main job), build the whole.
The floor's results must be the build's, or the run fails: a floor that does less would flatter
nobody. Results go to target/benchmarks.
"""

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path

import duckdb
from measuring import (
    HERE,
    MEMORY_LIMIT,
    PROJECT,
    Cost,
    build,
    cost_table,
    machine,
    measure,
    node_seconds,
    raw_folder,
    slowest_table,
    table,
)

SLOWEST_SHOWN = 25

# The models whose work the floor does, with all that they read. The rest of a whole build are the
# data-driven models, and reports that the floor has not.
MAIN_JOB = [
    "fct_touchpoints", "fct_conversions", "fct_conversion_touches", "fct_assisted_conversions",
    "fct_assisted_conversions_by_campaign", "fct_assisted_conversions_by_content",
    "fct_channel_performance_daily", "fct_campaign_performance_daily",
    "fct_non_converting_journeys", "rpt_channel_assists", "rpt_channel_pairs", "rpt_top_paths",
    "rpt_path_length", "rpt_time_lag", "audit_rejected_rows", "audit_ignored_values",
    "audit_row_counts", "audit_excluded_conversions", "audit_shared_keys",
]  # fmt: skip

# What build and floor must agree on: an expression over a table of each.
CHECKS = [
    ("count(*)", "marts.fct_touchpoints", "touchpoints"),
    ("count(distinct person_id)", "marts.fct_touchpoints", "touchpoints"),
    ("sum(conversion_value)", "marts.fct_conversions", "conversions"),
    ("count(distinct path_collapsed)", "marts.fct_conversions", "conversions"),
    ("count(*)", "marts.fct_conversion_touches", "conversion_touches"),
    ("round(sum(credit_time_decay), 3)", "marts.fct_conversion_touches", "conversion_touches"),
    ("round(sum(days_before_conversion * credit_w_shaped), 3)",
     "marts.fct_conversion_touches", "conversion_touches"),
    ("count_if(is_assist)", "marts.fct_assisted_conversions", "assisted_by_channel"),
    ("count_if(is_assist)", "marts.fct_assisted_conversions_by_campaign", "assisted_by_campaign"),
    ("count_if(is_assist)", "marts.fct_assisted_conversions_by_content", "assisted_by_content"),
    ("sum(assisted_value)", "marts.fct_channel_performance_daily", "channel_performance_daily"),
    ("sum(assisted_value)", "marts.fct_campaign_performance_daily", "campaign_performance_daily"),
    ("sum(path_length)", "marts.fct_non_converting_journeys", "journeys"),
    ("sum(conversions)", "reports.rpt_channel_pairs", "channel_pairs"),
]  # fmt: skip


def run_floor(raw: Path, folder: Path) -> Cost:
    db, timings = folder / "floor.duckdb", folder / "floor.json"
    db.unlink(missing_ok=True)
    floor = [sys.executable, HERE / "floor.py", "--raw", raw, "--db", db, "--timings", timings]
    return measure([*floor, "--memory-limit", MEMORY_LIMIT], folder / "floor.log")


def differences(folder: Path) -> list[str]:
    """Where the results of build and floor are not the same."""
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{folder}/build.duckdb' as build (read_only)")
        connection.execute(f"attach '{folder}/floor.duckdb' as floor (read_only)")
        for expression, built, bare in CHECKS:
            results = [
                connection.execute(f"select {expression} from {table}").fetchone()[0]
                for table in (f"build.{built}", f"floor.{bare}")
            ]
            print(f"  {built}: {expression} = {results[0]:,}", flush=True)
            if results[0] != results[1]:
                found.append(f"{built}: {expression}: build {results[0]}, floor {results[1]}")
    return found


def beside_floor(name: str, cost: Cost, floor: Cost) -> list[str]:
    """A row of the table of ratios."""
    return [
        name,
        f"{cost.seconds / floor.seconds:.2f}",
        f"{cost.cpu_seconds / floor.cpu_seconds:.2f}",
    ]


def report(sessions: int, costs: dict[str, Cost], folder: Path) -> str:
    """The results as Markdown."""
    whole, floor, empty = costs["whole build"], costs["floor"], costs["empty build"]
    nodes = node_seconds(folder)
    parts = Counter()
    for node in nodes:
        parts[node["part"]] += node["seconds"]
    lines = [
        f"# Build of {sessions:,} sessions",
        "",
        f"{machine()}.",
        "",
        *cost_table("step", costs),
        "",
        *table(
            ["beside the floor", "wall time", "CPU time"],
            [
                beside_floor("main job", costs["main job"], floor),
                beside_floor("whole build", whole, floor),
                beside_floor("whole build less the empty one", whole.less(empty), floor),
            ],
        ),
        "",
        f"Whole build per million sessions: {whole.seconds / sessions * 1e6:.1f} s. "
        "Its nodes run beside one another, so their seconds add up to more than that.",
        "",
        *table(["part", "s"], [[part, f"{seconds:.1f}"] for part, seconds in parts.most_common()]),
        "",
        *slowest_table("slowest nodes", nodes, SLOWEST_SHOWN),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, default=PROJECT / "target/benchmarks")
    arguments = parser.parse_args()
    sessions, out = arguments.sessions, arguments.out.resolve()
    folder, empty_folder = out / f"{sessions}", out / "0"

    print(f"Raw folder of {sessions:,} sessions", flush=True)
    raw, empty_raw = raw_folder(sessions, folder), raw_folder(0, empty_folder)
    # Tests that need more than is built stay out.
    main_job = ["--indirect-selection", "buildable", "--select", *(f"+{m}" for m in MAIN_JOB)]
    costs = {}
    for name, step in {
        "empty build": lambda: build(empty_raw, empty_folder),
        "floor": lambda: run_floor(raw, folder),
        "main job": lambda: build(raw, folder, *main_job),
        "whole build": lambda: build(raw, folder),
    }.items():
        print(f"{name.capitalize()}", flush=True)
        costs[name] = step()
        print(f"  {costs[name]}", flush=True)

    print("Results that build and floor must share", flush=True)
    found = differences(folder)
    text = report(sessions, costs, folder)
    (out / f"{sessions}.md").write_text(text)
    (out / f"{sessions}.json").write_text(
        json.dumps(
            {
                "sessions": sessions,
                "costs": {name: asdict(cost) for name, cost in costs.items()},
                "floor_steps": json.loads((folder / "floor.json").read_text()),
                "nodes": node_seconds(folder),
            },
            indent=2,
        )
    )
    print(f"\n{text}", flush=True)
    if found:
        sys.exit("Build and floor differ:\n  " + "\n  ".join(found))


if __name__ == "__main__":
    main()
