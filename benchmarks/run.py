"""Time and memory of a whole build on made data, beside a bare-SQL floor for the same work.

    python benchmarks/run.py --sessions 1000000

Each step is a process of its own: make the raw folder (kept for the next run), build on an empty
one (dbt's own cost), run the floor, build what the floor makes too (the main job), build the whole.
The floor's results must be the build's, or the run fails: a floor that does less would flatter
nobody. Results go to target/benchmarks.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import psutil

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
MEMORY_LIMIT = os.environ.get("ATTRIBUTION_MEMORY_LIMIT") or "4GB"
SLOWEST_SHOWN = 25
GIB = 2**30

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


@dataclass
class Cost:
    """What a process and its children took."""

    seconds: float
    cpu_seconds: float
    peak_gib: float

    def less(self, other: "Cost") -> "Cost":
        return Cost(
            self.seconds - other.seconds, self.cpu_seconds - other.cpu_seconds, self.peak_gib
        )

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s, CPU {self.cpu_seconds:.1f} s, peak {self.peak_gib:.2f} GiB"


def resident_bytes(process: psutil.Process) -> int:
    """Memory of a process tree; processes that have just ended count nothing."""
    total = 0
    try:
        for member in [process, *process.children(recursive=True)]:
            total += member.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total


def measure(command: list, log: Path, env: dict[str, str] | None = None) -> Cost:
    """Run a command in the project folder, its output to a log; stop the run where it fails."""
    with log.open("w") as output:
        started = time.perf_counter()
        process = psutil.Popen(
            [str(part) for part in command],
            cwd=PROJECT, env=os.environ | (env or {}), stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
        peak = 0
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            peak = max(peak, resident_bytes(process))
            time.sleep(0.05)
    _, status, usage = ended
    if status:
        sys.exit(f"{log.read_text()[-5000:]}\n{command[0]} failed; its whole output: {log}")
    seconds = time.perf_counter() - started
    return Cost(seconds, usage.ru_utime + usage.ru_stime, peak / GIB)


def raw_folder(sessions: int, folder: Path) -> Path:
    """The raw folder of that many sessions, made anew only where the generator has changed."""
    version = hashlib.sha256((HERE / "generate.py").read_bytes()).hexdigest()[:12]
    raw, stamp = folder / "raw", folder / f"raw-{version}.stamp"
    if not stamp.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        generator = [sys.executable, HERE / "generate.py", "--sessions", sessions, "--out", raw]
        print(f"  {measure(generator, folder / 'generate.log')}", flush=True)
        stamp.touch()
    return raw


def build(raw: Path, folder: Path, *selection: str) -> Cost:
    """A build into a fresh file, data tests and parsing included."""
    db, target = folder / "build.duckdb", folder / "target"
    db.unlink(missing_ok=True)
    shutil.rmtree(target, ignore_errors=True)
    command = [
        Path(sys.executable).parent / "dbt", "build", "--exclude-resource-type", "unit_test",
        "--profiles-dir", PROJECT, "--target-path", target, "--log-path", folder / "logs",
        *selection,
    ]  # fmt: skip
    env = {
        "ATTRIBUTION_RAW_DIR": str(raw),
        "ATTRIBUTION_DB": str(db),
        "ATTRIBUTION_MEMORY_LIMIT": MEMORY_LIMIT,
        "ATTRIBUTION_TEMP_DIR": str(folder / "temp"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    return measure(command, folder / "build.log", env)


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


def node_seconds(folder: Path) -> list[dict]:
    """Name, part of the project and seconds of each model, seed and test, the slowest first."""
    results = json.loads((folder / "target/run_results.json").read_text())["results"]
    nodes = json.loads((folder / "target/manifest.json").read_text())["nodes"]
    rows = []
    for result in results:
        kind, _, name = result["unique_id"].split(".", 2)
        path = Path(nodes.get(result["unique_id"], {}).get("original_file_path", "hooks/"))
        part = path.parent.as_posix() if kind == "model" else f"{kind}s"
        rows.append({"name": f"{kind} {name}", "part": part, "seconds": result["execution_time"]})
    return sorted(rows, key=lambda row: -row["seconds"])


def table(header: list[str], rows: list[list]) -> list[str]:
    """A Markdown table; all but the first column are numbers."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return [f"| {' | '.join(map(str, row))} |" for row in (header, rule, *rows)]


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
        f"{psutil.cpu_count()} cores, memory limit of DuckDB {MEMORY_LIMIT}, "
        f"DuckDB {duckdb.__version__}.",
        "",
        *table(
            ["step", "wall time, s", "CPU time, s", "peak memory, GiB"],
            [
                [name, f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", f"{cost.peak_gib:.2f}"]
                for name, cost in costs.items()
            ],
        ),
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
        *table(
            ["slowest nodes", "s"],
            [[node["name"], f"{node['seconds']:.1f}"] for node in nodes[:SLOWEST_SHOWN]],
        ),
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
