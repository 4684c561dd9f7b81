"""Writes one page of all definitions: metrics, channels, conversion types, settings, personal data.

Everything on it is said elsewhere in the project: descriptions, docs blocks, seeds,
docs/settings.md, dbt_project.yml. `dbt docs generate` makes the manifest and the catalog that this
reads.
"""

import argparse
import csv
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PUBLIC = "public"
NUMBERS = ("bigint", "integer", "int", "double", "float", "decimal", "numeric", "number")


def one_line(text):
    return " ".join(str(text).split()).replace("|", "\\|")


def table(header, rows):
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(map(one_line, line)) + " |" for line in lines)


def public_models(manifest):
    """The models that are contracts, in their latest version."""
    return sorted(
        (
            node
            for node in manifest["nodes"].values()
            if node["resource_type"] == "model"
            and node["access"] == PUBLIC
            and node.get("version") == node.get("latest_version")
        ),
        key=lambda node: node["name"],
    )


def metrics(manifest):
    """Each measure, a number, of the public models: name, meaning, and the models that have it.

    The meaning is the docs block, where there is one: what stands beside it is one model's own.
    """
    found = {}
    for node in public_models(manifest):
        for column in node["columns"].values():
            if not column["data_type"] or not column["data_type"].startswith(NUMBERS):
                continue
            blocks = [manifest["docs"][block]["block_contents"] for block in column["doc_blocks"]]
            meaning = blocks[0] if blocks else column["description"]
            found.setdefault((column["name"], meaning), []).append(node["name"])
    return [
        (f"`{name}`", meaning, ", ".join(models))
        for (name, meaning), models in sorted(found.items())
    ]


def seed_rows(folder, name, columns):
    with (folder / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [[row[column] for column in columns] for row in csv.DictReader(file)]


def settings(text):
    """The rows of the table in docs/settings.md: name, default, meaning."""
    section = text.split("\n## ")[0]
    rows = [line.strip("| ").split(" | ", 2) for line in section.splitlines() if "| " in line]
    return [row for row in rows[2:] if len(row) == 3 and re.fullmatch(r"[a-z_, ]+", row[0])]


def personal_columns(manifest, catalog):
    """Schema, table, column and kind of each column that holds personal data."""
    kinds = {}
    for node in manifest["nodes"].values():
        for kind, names in node["config"]["meta"].get("personal_columns", {}).items():
            kinds |= dict.fromkeys(names, kind)
    found = []
    for node in [*catalog["nodes"].values(), *catalog["sources"].values()]:
        name = node["metadata"]["name"]
        for column in node["columns"]:
            kind = kinds.get(column.lower()) or kinds.get(f"{name}.{column.lower()}")
            if kind:
                found.append((node["metadata"]["schema"], name, f"`{column}`", kind))
    return sorted(found)


def owners(manifest):
    groups = sorted(manifest["groups"].values(), key=lambda group: group["name"])
    return [(group["name"], group["owner"]["name"], group["description"]) for group in groups]


def page(manifest, catalog, seeds, settings_page):
    types = ["conversion_type", "conversion_class", "lookback_days", "dedupe_minutes",
             "default_value", "owner", "version", "valid_from", "description"]  # fmt: skip
    channels = ["channel", "funnel_stage", "is_paid", "is_direct", "description"]
    sections = {
        "Metrics": table(["metric", "meaning", "tables"], metrics(manifest)),
        "Channels": table(channels, seed_rows(seeds, "channels", channels)),
        "Conversion types": table(types, seed_rows(seeds, "conversion_types", types)),
        "Settings": table(["setting", "default", "meaning"], settings(settings_page)),
        "Owners": table(["group", "owner", "models"], owners(manifest)),
        "Personal data": table(
            ["schema", "table", "column", "kind"], personal_columns(manifest, catalog)
        ),
    }
    body = "\n\n".join(f"## {title}\n\n{text}" for title, text in sections.items())
    head = "# Definitions\n\nMade by scripts/make_definitions.py; change it at its sources."
    return f"{head}\n\n{body}\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=ROOT / "target")
    target = parser.parse_args().target
    manifest, catalog = (
        json.loads((target / name).read_text()) for name in ("manifest.json", "catalog.json")
    )
    text = page(manifest, catalog, ROOT / "seeds", (ROOT / "docs/settings.md").read_text())
    (target / "definitions.md").write_text(text)


if __name__ == "__main__":
    main()
