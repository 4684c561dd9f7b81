"""Writes the report: one page with its data, charts and looks in it, which needs no network."""

import argparse
import os
import sys
from pathlib import Path

import duckdb
from report import data, page

ROOT = Path(__file__).resolve().parents[1]


def chart_library(folder):
    """The JavaScript of Vega and Vega-Lite, from the package that is installed in the folder."""
    sys.path.insert(0, str(folder))
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--db", type=Path, default=os.environ.get("ATTRIBUTION_DB") or "target/attribution.duckdb"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "target/report.html")
    parser.add_argument("--library", type=Path, default=ROOT / "target/report_library")
    parser.add_argument(
        "--schema-prefix", help="what stands before `marts`, if several builds share the file"
    )
    parser.add_argument(
        "--project", type=Path, default=ROOT, help="the dbt project whose settings the build had"
    )
    options = parser.parse_args()

    if not options.db.exists():
        raise SystemExit(f"{options.db} does not exist: build it first, with `make build`")
    try:
        build = data.Build(options.db, options.schema_prefix)
    except duckdb.IOException as error:
        raise SystemExit(
            f"{options.db} can't be opened, as it is while a build writes to it: wait for its end,"
            f" or report on a copy with --db\n{error}"
        ) from error
    settings = data.settings(options.project)
    text = page.fitting_page(
        build,
        chart_library(options.library),
        currency=settings["reporting_currency"],
        timezone=settings["reporting_timezone"],
    )
    # Readers of the old page keep it until the new one is whole.
    unfinished = options.out.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.rename(options.out)
    print(f"Wrote {options.out} ({len(text.encode()) / 1e6:.1f} MB): open it in a browser")


if __name__ == "__main__":
    main()
