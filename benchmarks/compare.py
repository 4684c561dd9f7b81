"""What builds and scheduled runs cost, beside the same of an earlier commit, measured in turn.

    python benchmarks/compare.py
    python benchmarks/compare.py --sessions 1000000 --alone

The cases: an empty raw folder, the cut of the demo data, and made data of any number of sessions.
Each is built into a new file, then run with nothing new. Made data lacks its last 0.3 % in the
first build, so that a run with new data comes between; a full build of all of it must give the
same tables.

The earlier commit is checked out below target/benchmarks and uses this project's environment and
packages. Small cases are measured three times, one project after the other, and the median counts.
`--keep-base` takes the earlier commit's costs from the last comparison on this machine, `--alone`
leaves that commit out. Results go to target/benchmarks.
"""

import argparse
import json
import math
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import duckdb
from measuring import (
    PROJECT,
    Cost,
    build,
    cost_table,
    generator_version,
    machine,
    measure,
    node_seconds,
    raw_folder,
    run,
    slowest_table,
    table,
)

BASE = "bcf568e"
SLOWEST_SHOWN = 25
# Cases of more sessions than this are measured once.
REPEATED_UP_TO, REPEATS = 1_000_000, 3
# From this size on, scheduled runs must cost a given share of the first build.
LARGE = 10_000_000
THIS = "this project"
FIRST, NEW, NOTHING = "first build", "new data", "nothing new"
PUBLISHED = ("marts", "reports", "audits")
# They describe runs, so they differ between one run and two.
ABOUT_RUNS = ("audit_restatements", "audit_runs", "audit_runs_v1", "channel_figures_as_reported")


@dataclass
class Case:
    """Raw data at two times, and a folder for the builds on them."""

    name: str
    before: Path
    after: Path
    folder: Path
    sessions: int = 0

    @property
    def repeats(self) -> int:
        return REPEATS if self.sessions <= REPEATED_UP_TO else 1

    @property
    def has_new_data(self) -> bool:
        return self.before != self.after

    @property
    def steps(self) -> list[tuple[str, Callable[..., Cost], Path]]:
        new = [(NEW, run, self.after)] if self.has_new_data else []
        return [(FIRST, build, self.before), *new, (NOTHING, run, self.after)]


@dataclass
class Limit:
    """At most how much a run may take of another run."""

    run: str
    most: float
    of_base: bool
    of_run: str
    measure: str = "seconds"


Costs = dict[str, dict[str, dict[str, Cost]]]  # by project, case and run


def limits(case: Case, runs: list[str]) -> list[Limit]:
    """What the redesign may cost; memory is compared for every run."""
    first_build = {"empty": 0.6, "demo": 0.75}.get(case.name, 1.0)
    found = [Limit(FIRST, first_build, True, FIRST)]
    if case.sessions >= LARGE:
        found += [
            Limit(NEW, 1.3, True, NEW),
            Limit(NEW, 0.4, False, FIRST),
            Limit(NOTHING, 0.8, False, NEW),
        ]
    return found + [Limit(run, 1.0, True, run, "peak_gib") for run in runs]


def checkout(commit: str, out: Path) -> Path:
    """The project as of a commit, with the packages of this one."""
    folder = out / f"project_{commit}"
    if not folder.exists():
        archive = out / f"{commit}.tar"
        command = ["git", "archive", "--format=tar", f"--output={archive}", commit]
        subprocess.run(command, cwd=PROJECT, check=True)
        shutil.unpack_archive(archive, folder)
        archive.unlink()
        (folder / "dbt_packages").symlink_to((PROJECT / "dbt_packages").resolve())
    return folder


def small_case(name: str, out: Path) -> Case:
    if name == "empty":
        folder = out / "0"
        raw = raw_folder(0, folder)
    else:
        folder = out / "demo"
        raw = folder / "raw"
        folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "scripts/make_demo_data.py", "--cut", "--out", raw]
        print(f"  {measure(command, folder / 'generate.log')}", flush=True)
    return Case(name, raw, raw, folder)


def made_case(sessions: int, increment: float, out: Path) -> Case:
    folder = out / f"{sessions}"
    before, after = raw_folder(sessions, folder, 1 - increment), raw_folder(sessions, folder)
    return Case(f"{sessions:,} sessions", before, after, folder, sessions)


def runs_in_turn(case: Case, projects: dict[str, Path]) -> tuple[Costs, dict[str, list[dict]]]:
    """The median cost of each run of each project, and this project's nodes by run."""
    measured = {name: {} for name in projects}
    nodes = {}
    for _ in range(case.repeats):
        for name, project in projects.items():
            folder = case.folder / name.replace(" ", "_")
            for step, take, raw in case.steps:
                cost = take(raw, folder, project=project)
                print(f"  {name}, {step}: {cost}", flush=True)
                measured[name].setdefault(step, []).append(cost)
                if name == THIS:
                    nodes[step] = node_seconds(folder)
    medians = {
        name: {case.name: {step: median_cost(costs) for step, costs in steps.items()}}
        for name, steps in measured.items()
    }
    return medians, nodes


def median_cost(costs: list[Cost]) -> Cost:
    columns = zip(*(asdict(cost).values() for cost in costs))
    return Cost(*(median(column) for column in columns))


def differences(updated: Path, rebuilt: Path) -> list[str]:
    """Published tables whose rows are not the same. Doubles may differ by a little; of everything
    else each row's hash counts. Views read tables that are compared."""
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{updated}' as updated (read_only)")
        connection.execute(f"attach '{rebuilt}' as rebuilt (read_only)")
        names = {
            side: connection.execute(
                """
                select
                    table_schema || '.' || table_name,
                    coalesce(list(column_name) filter (data_type not like '%DOUBLE%'), []),
                    coalesce(list(column_name) filter (data_type = 'DOUBLE'), [])
                from information_schema.columns
                inner join information_schema.tables using (table_catalog, table_schema, table_name)
                where
                    table_catalog = ?
                    and table_type = 'BASE TABLE'
                    and table_schema in ?
                    and table_name not in ?
                group by all
                order by 1
                """,
                [side, PUBLISHED, ABOUT_RUNS],
            ).fetchall()
            for side in ("updated", "rebuilt")
        }
        if [name for name, *_ in names["updated"]] != [name for name, *_ in names["rebuilt"]]:
            found.append("the tables are not the same")
        for name, exact, doubles in names["rebuilt"]:
            hashed = ", ".join(f'"{column}"' for column in exact)
            sums = ["count(*)", f"sum(hash({hashed})::hugeint)"]
            sums += [f'sum("{column}")' for column in doubles]
            results = [
                connection.execute(f"select {', '.join(sums)} from {side}.{name}").fetchone()
                for side in ("updated", "rebuilt")
            ]
            if not all(map(nearly_equal, *results)):
                found.append(f"{name}: updated {results[0]}, rebuilt {results[1]}")
    return found


def nearly_equal(left: float | None, right: float | None) -> bool:
    if isinstance(left, float) and isinstance(right, float):
        return math.isclose(left, right, rel_tol=1e-6, abs_tol=1e-6)
    return left == right


def comparison(costs: Costs, base: str) -> list[str]:
    """What each run costs in both projects, and the ratio."""
    rows = []
    for case, runs in costs[THIS].items():
        for name, cost in runs.items():
            row = [f"{case}: {name}"]
            for left, right, digits in zip(
                asdict(costs[base][case][name]).values(), asdict(cost).values(), (1, 1, 2)
            ):
                row += [f"{left:.{digits}f}", f"{right:.{digits}f}", f"{right / left:.2f}"]
            rows.append(row)
    header = ["run"]
    for measured in ("wall time, s", "CPU time, s", "peak memory, GiB"):
        header += [f"{measured}: {base}", THIS, "ratio"]
    return table(header, rows)


def limit_table(cases: list[Case], costs: Costs, base: str) -> list[str]:
    """Each limit beside what was measured; ratios count to two decimals."""
    rows = []
    for case in cases:
        own = costs[THIS][case.name]
        for limit in limits(case, list(own)):
            beside = costs[base][case.name] if limit.of_base else own
            cost, whole = (
                getattr(runs[name], limit.measure)
                for runs, name in ((own, limit.run), (beside, limit.of_run))
            )
            ratio = round(cost / whole, 2)
            what = {"seconds": "wall time", "peak_gib": "peak memory"}[limit.measure]
            beside_what = base if limit.of_base else f"its own {limit.of_run}"
            rows.append(
                [
                    f"{case.name}: {limit.run}, {what} beside {beside_what}",
                    f"{ratio:.2f}", f"{limit.most:.2f}", "met" if ratio <= limit.most else "missed",
                ]
            )  # fmt: skip
    return table(["limit", "measured", "at most", ""], rows)


def savings_table(nodes: dict[str, list[dict]]) -> list[str]:
    """What each incremental table saves in a run with new data, as a share of all node seconds of
    the first build."""
    first = {row["name"]: row["seconds"] for row in nodes[FIRST]}
    rows = [
        (row["name"], first[row["name"]], row["seconds"])
        for row in nodes[NEW]
        if row["is_incremental"]
    ]
    rows.sort(key=lambda row: row[2] - row[1])
    return table(
        ["incremental table", f"{FIRST}, s", f"{NEW}, s", "saved of the whole first build"],
        [
            [name, f"{whole:.1f}", f"{part:.1f}", f"{(whole - part) / sum(first.values()):.1%}"]
            for name, whole, part in rows
        ],
    )


def saved_costs(path: Path, base: str) -> dict[str, dict[str, Cost]]:
    """The base's costs of an earlier comparison on this machine, by case and run."""
    saved = json.loads(path.read_text()) if path.exists() else {}
    if saved.get("conditions") != conditions():
        return {}
    return {
        case: {name: Cost(**cost) for name, cost in runs.items()}
        for case, runs in saved["costs"].get(base, {}).items()
    }


def conditions() -> list[str]:
    return [platform.node(), machine(), generator_version()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", default=BASE, help="commit to compare with")
    parser.add_argument("--alone", action="store_true", help="measure this project only")
    parser.add_argument("--keep-base", action="store_true", help="reuse the base's last costs")
    parser.add_argument(
        "--cases", nargs="*", choices=["empty", "demo"], default=["empty", "demo"],
        help="small cases to measure",
    )  # fmt: skip
    parser.add_argument("--sessions", type=int, nargs="*", default=[1_000_000, 10_000_000])
    parser.add_argument("--increment", type=float, default=0.003, help="share of new sessions")
    parser.add_argument("--out", type=Path, default=PROJECT / "target/benchmarks")
    arguments = parser.parse_args()
    base, out = arguments.base, arguments.out.resolve()
    out.mkdir(parents=True, exist_ok=True)

    results = out / "compare.json"
    kept = saved_costs(results, base)
    projects = {THIS: PROJECT} if arguments.alone else {base: checkout(base, out), THIS: PROJECT}
    print("Raw folders", flush=True)
    cases = [small_case(name, out) for name in arguments.cases]
    cases += [made_case(sessions, arguments.increment, out) for sessions in arguments.sessions]
    costs, found, details = {name: {} for name in projects}, [], []
    for case in cases:
        print(case.name.capitalize(), flush=True)
        keeps = arguments.keep_base and case.name in kept
        measured, nodes = runs_in_turn(case, {THIS: PROJECT} if keeps else projects)
        for name in projects:
            costs[name] |= measured.get(name) or {case.name: kept[case.name]}
        if case.has_new_data:
            rebuilt = case.folder / "rebuilt"
            print(f"  a full build of all, to compare: {build(case.after, rebuilt)}", flush=True)
            updated = case.folder / THIS.replace(" ", "_") / "build.duckdb"
            found += [
                f"{case.name}: {line}" for line in differences(updated, rebuilt / "build.duckdb")
            ]
            details += ["", f"## {case.name}", "", *savings_table(nodes), ""]
            details += slowest_table(f"slowest nodes, {NEW}", nodes[NEW], SLOWEST_SHOWN)
        if not arguments.alone:
            kept |= costs[base]
            saved = {base: kept, THIS: costs[THIS]}
            results.write_text(
                json.dumps({"conditions": conditions(), "costs": saved}, default=asdict, indent=2)
            )

    lines = ["# Builds and scheduled runs", "", f"{machine()}.", ""]
    if arguments.alone:
        own = costs[THIS].items()
        lines += cost_table(
            "run", {f"{case}: {name}": cost for case, runs in own for name, cost in runs.items()}
        )
    else:
        if arguments.keep_base:
            lines += [f"The costs of {base} may come from an earlier comparison.", ""]
        lines += [*comparison(costs, base), "", *limit_table(cases, costs, base)]
    text = "\n".join([*lines, *details, ""])
    (out / "compare.md").write_text(text)
    print(f"\n{text}", flush=True)
    if found:
        sys.exit("The updated and the rebuilt tables differ:\n  " + "\n  ".join(found))


if __name__ == "__main__":
    main()
