"""Runs the simulations of tests/statistics/topics and writes their results into the docs.

    python tests/statistics/run.py [topic ...]

A topic is a file with TITLE, WORLDS (how many to simulate), FEW_WORLDS for the short cut in
`make test`, whose results may miss their bounds by SLACK, and `rows(worlds, slack=0)`, which
yields a dict per row of the results: its columns in their order, and `passes`, whether the row is
as it should be. The table stands between two markers in the docs; a new topic needs the markers
there once.
"""

import importlib
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DOCS = HERE.parents[1] / "docs/data_driven.md"
sys.path[:0] = [str(HERE), str(HERE.parent / "python")]


def topics():
    return [path.stem for path in sorted((HERE / "topics").glob("*.py"))]


def load(topic):
    return importlib.import_module(f"topics.{topic}")


def as_table(title, rows):
    columns = [column for column in rows[0] if column != "passes"]
    lines = [f"**{title}**", "", f"| {' | '.join(columns)} |", "| --- " * len(columns) + "|"]
    for row in rows:
        cells = [str(row[column]) for column in columns]
        if not row["passes"]:
            cells[-1] += " (missed)"
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def write(topic, text):
    begin, end = f"<!-- statistics: {topic} -->", "<!-- end of statistics -->"
    docs, found = re.subn(
        f"(?s){re.escape(begin)}.*?{re.escape(end)}",
        lambda _: f"{begin}\n{text}\n{end}",
        DOCS.read_text(),
        count=1,
    )
    if not found:
        sys.exit(f"{DOCS} has no marker {begin}")
    DOCS.write_text(docs)


def main(chosen):
    missed = 0
    for topic in chosen or topics():
        module = load(topic)
        rows = list(module.rows(module.WORLDS))
        text = as_table(module.TITLE, rows)
        print(f"{text}\n", flush=True)
        write(topic, text)
        missed += sum(not row["passes"] for row in rows)
    if missed:
        sys.exit(f"{missed} results are not as they should be")


if __name__ == "__main__":
    main(sys.argv[1:])
