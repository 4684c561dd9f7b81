"""What one very busy person adds to a build: 100,000 touches, 1,000 conversions, or none at all.

    python benchmarks/busy_person.py --sessions 100000

Builds made data as it is, then with one person more: whose visits are spread over the year, whose
visits and interactions all happen in one second, and who never converts. Where the person converts,
`audit_capped_paths` must name the paths that lack touches, or the run fails. Results go to
target/benchmarks.
"""

import argparse
import shutil
import sys
from pathlib import Path

import duckdb
from measuring import (
    PROJECT,
    Cost,
    build,
    cost_table,
    machine,
    node_seconds,
    raw_folder,
    slowest_table,
)

TOUCHES, CONVERSIONS, MOST = 100_000, 1_000, 500
YEAR, SECONDS = "timestamp '2025-01-01'", 365 * 86400
SLOWEST_SHOWN = 10

SESSIONS = f"""
select
    'busy ' || n as session_id,
    'busy' as visitor_id,
    {{touched_at}} as started_at,
    60 as engaged_seconds,
    split('google newsletter facebook', ' ')[1 + n % 3] as utm_source,
    split('cpc email paid_social', ' ')[1 + n % 3] as utm_medium,
    {{touched_at}} as loaded_at
from range({TOUCHES}) as numbers(n)
"""
INTERACTIONS = f"""
select
    'busy ' || n as interaction_id,
    'busy' as visitor_id,
    {{touched_at}} as touched_at,
    'email_click' as interaction_type,
    {{touched_at}} as loaded_at
from range({TOUCHES}) as numbers(n)
"""
CONVERTED = f"""
select
    'busy ' || n as conversion_id,
    'busy' as visitor_id,
    'purchase' as conversion_type,
    {{converted_at}} as converted_at,
    10 as value,
    {{converted_at}} as loaded_at
from range({CONVERSIONS}) as numbers(n)
"""


def spread(times: int, after: int = 0) -> str:
    """Times of a year, each as far from the next."""
    return f"{YEAR} + to_seconds(cast(n * {SECONDS} / {times} as bigint) + {after})"


ONE_SECOND = f"{YEAR} + interval 300 days"
VISITS = {"sessions": SESSIONS.format(touched_at=spread(TOUCHES))}
CASES = {
    "nobody busy": {},
    "a year of visits": VISITS
    | {"conversions": CONVERTED.format(converted_at=spread(CONVERSIONS, 1))},
    "all in one second": {
        "sessions": SESSIONS.format(touched_at=ONE_SECOND),
        "interactions": INTERACTIONS.format(touched_at=ONE_SECOND),
        # An hour apart, as repeats within one are no conversions of their own.
        "conversions": CONVERTED.format(converted_at=f"{ONE_SECOND} + to_hours(n)"),
    },
    "no conversion": VISITS,
}


def raw_with(person: dict[str, str], raw: Path, folder: Path) -> Path:
    """A copy of a raw folder with the rows of one person more."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(raw, folder)
    with duckdb.connect() as connection:
        for name, rows in person.items():
            connection.execute(
                f"copy (from '{raw}/{name}.parquet' union all by name {rows}) "
                f"to '{folder}/{name}.parquet' (compression zstd)"
            )
    return folder


def capped(database: Path) -> tuple[int, int]:
    """Of the busy person's paths, those that hold all they may, and those that the audit names."""
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            f"""
            select
                (
                    select count(*) from marts.fct_conversions
                    where person_id = 'visitor:busy' and path_length = {MOST}
                ),
                (
                    select count(*) from audits.audit_capped_paths
                    where person_id = 'visitor:busy' and touches_kept = {MOST}
                )
            """
        ).fetchone()


def report(sessions: int, costs: dict[str, Cost], slowest: dict[str, list[dict]]) -> str:
    """The results as Markdown."""
    lines = [
        f"# One busy person among {sessions:,} sessions",
        "",
        f"{TOUCHES:,} visits, {CONVERSIONS:,} conversions. {machine()}.",
        "",
        *cost_table("person", costs),
    ]
    for name, nodes in slowest.items():
        lines += ["", *slowest_table(f"slowest nodes, {name}", nodes, SLOWEST_SHOWN)]
    return "\n".join([*lines, ""])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sessions", type=int, default=100_000)
    parser.add_argument("--out", type=Path, default=PROJECT / "target/benchmarks")
    arguments = parser.parse_args()
    sessions, out = arguments.sessions, arguments.out.resolve()
    folder = out / f"{sessions}_busy"

    print(f"Raw folder of {sessions:,} sessions", flush=True)
    raw = raw_folder(sessions, out / f"{sessions}")
    costs, slowest, missed = {}, {}, []
    for name, person in CASES.items():
        print(name.capitalize(), flush=True)
        costs[name] = build(raw_with(person, raw, folder / "raw"), folder)
        slowest[name] = node_seconds(folder)
        full, named = capped(folder / "build.duckdb")
        print(f"  {costs[name]}; {full} full paths, {named} of them named", flush=True)
        # One path may hold as many touches as it may and lack none.
        if ("conversions" in person) != (full > 0) or full - named not in (0, 1):
            missed.append(f"{name}: {full} full paths, {named} named")

    text = report(sessions, costs, slowest)
    (out / f"{sessions}_busy.md").write_text(text)
    print(f"\n{text}", flush=True)
    if missed:
        sys.exit("audit_capped_paths does not name the paths:\n  " + "\n  ".join(missed))


if __name__ == "__main__":
    main()
