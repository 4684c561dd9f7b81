"""Write the demo data: a year of two made-up firms, as raw tables with all their flaws.

The same seed and size give the same bytes. Usage:

    python scripts/make_demo_data.py --out FOLDER [--seed N] [--sessions N | --cut] [--format csv]
"""

import argparse
from pathlib import Path

from demo_data import accidents, hr_software, retailer, side_tables, tables, ugliness
from demo_data.world import World

STANDARD_SESSIONS = 660_000
# The cut that tests use: every table and every flaw, in an eighth of the size.
CUT_SESSIONS = 85_000


def make(out, seed, sessions, file_format):
    scale = sessions / STANDARD_SESSIONS
    world = World(seed)
    print(f"Playing a year of two firms at about {sessions:,} sessions, seed {seed}", flush=True)
    retailer.run(world, scale)
    hr_software.run(world, scale)
    side_tables.run(world, scale)
    ugliness.run(world)
    side_tables.backend_orders(world)
    accidents.run(world)
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.arrow_tables(world):
        path = tables.write(out, name, table, file_format)
        print(f"  {path.name}: {table.num_rows:,} rows", flush=True)
    return world


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the raw tables")
    parser.add_argument("--seed", type=int, default=7)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--sessions", type=int, default=STANDARD_SESSIONS)
    size.add_argument(
        "--cut", action="store_const", dest="sessions", const=CUT_SESSIONS, help="as tests use it"
    )
    parser.add_argument("--format", choices=("parquet", "csv"), default="parquet")
    arguments = parser.parse_args()
    make(arguments.out, arguments.seed, arguments.sessions, arguments.format)


if __name__ == "__main__":
    main()
