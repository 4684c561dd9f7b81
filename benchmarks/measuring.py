"""What the benchmarks share: raw folders, dbt builds and their cost, tables of results."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb
import psutil

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
MEMORY_LIMIT = os.environ.get("ATTRIBUTION_MEMORY_LIMIT") or "4GB"
GIB = 2**30
CORES = psutil.cpu_count()


@dataclass
class Cost:
    """What a process and its children took."""

    seconds: float
    cpu_seconds: float
    peak_gib: float

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


def measure(
    command: list, log: Path, env: dict[str, str] | None = None, cwd: Path = PROJECT
) -> Cost:
    """Run a command, its output to a log; stop the benchmark where it fails."""
    with log.open("w") as output:
        started = time.perf_counter()
        process = psutil.Popen(
            [str(part) for part in command],
            cwd=cwd, env=os.environ | (env or {}), stdout=output, stderr=subprocess.STDOUT,
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


def generator_version() -> str:
    return hashlib.sha256((HERE / "generate.py").read_bytes()).hexdigest()[:12]


def raw_folder(sessions: int, folder: Path, share: float = 1) -> Path:
    """The raw folder of that many sessions when a share of the year has passed. It is kept for the
    next benchmark and made again only after a change of the generator."""
    name = "raw" if share == 1 else f"raw_{share}"
    raw, stamp = folder / name, folder / f"{name}-{generator_version()}.stamp"
    if not stamp.exists():
        shutil.rmtree(raw, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        generator = [
            sys.executable, HERE / "generate.py",
            "--sessions", sessions, "--share", share, "--out", raw,
        ]  # fmt: skip
        print(f"  {measure(generator, folder / 'generate.log')}", flush=True)
        stamp.touch()
    return raw


def build(raw: Path, folder: Path, project: Path = PROJECT, options: tuple = ()) -> Cost:
    """A build into a fresh file, data tests and parsing included."""
    (folder / "build.duckdb").unlink(missing_ok=True)
    shutil.rmtree(folder / "target", ignore_errors=True)
    return run(raw, folder, project=project, options=options)


def run(raw: Path, folder: Path, project: Path = PROJECT, options: tuple = ()) -> Cost:
    """A run on the file of the build before."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        Path(sys.executable).parent / "dbt", "build", "--exclude-resource-type", "unit_test",
        "--profiles-dir", project,
        "--target-path", folder / "target", "--log-path", folder / "logs",
        *options,
    ]  # fmt: skip
    env = {
        "ATTRIBUTION_RAW_DIR": str(raw),
        "ATTRIBUTION_DB": str(folder / "build.duckdb"),
        "ATTRIBUTION_MEMORY_LIMIT": MEMORY_LIMIT,
        "ATTRIBUTION_TEMP_DIR": str(folder / "temp"),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    return measure(command, folder / "build.log", env, cwd=project)


def node_seconds(folder: Path) -> list[dict]:
    """Each model, seed and test of the last run with its name, whether it is an incremental table,
    and its seconds, the slowest first."""
    results = json.loads((folder / "target/run_results.json").read_text())["results"]
    nodes = json.loads((folder / "target/manifest.json").read_text())["nodes"]
    rows = []
    for result in results:
        kind, _, name = result["unique_id"].split(".", 2)
        node = nodes.get(result["unique_id"], {})
        rows.append(
            {
                "name": f"{kind} {name}",
                "is_incremental": node.get("config", {}).get("materialized") == "incremental",
                "seconds": result["execution_time"],
            }
        )
    return sorted(rows, key=lambda row: -row["seconds"])


def machine() -> str:
    """What results depend on besides the project, in words."""
    return f"{CORES} cores, DuckDB {duckdb.__version__} with a memory limit of {MEMORY_LIMIT}"


def table(header: list[str], rows: list[list]) -> list[str]:
    """A Markdown table; all but the first column are numbers."""
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return [f"| {' | '.join(map(str, row))} |" for row in (header, rule, *rows)]


def cost_table(what: str, costs: dict[str, Cost]) -> list[str]:
    return table(
        [what, "wall time, s", "CPU time, s", "peak memory, GiB"],
        [
            [name, f"{cost.seconds:.1f}", f"{cost.cpu_seconds:.1f}", f"{cost.peak_gib:.2f}"]
            for name, cost in costs.items()
        ],
    )


def slowest_table(what: str, nodes: list[dict], shown: int) -> list[str]:
    return table([what, "s"], [[row["name"], f"{row['seconds']:.1f}"] for row in nodes[:shown]])
