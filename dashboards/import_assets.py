"""Import the assets of dashboards/superset, less what the built database has no table for.

A model that is switched off (`enabled: false`) has no table, so a chart that reads it can't show
anything. Its place then says so.
"""

import copy
from pathlib import Path

import duckdb
import yaml
from superset.sql.parse import SQLScript

ASSETS = Path(__file__).parent / "superset"


def published_tables(published: Path) -> set[str]:
    """Names of all tables, each with its schema."""
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
        ).fetchall()
    return {name for (name,) in rows}


def tables_read(sql: str) -> set[str]:
    """Names of the tables that a query reads, each with its schema."""
    return {
        f"{table.schema}.{table.table}"
        for statement in SQLScript(sql, "duckdb").statements
        for table in statement.tables
    }


def has_micro_alone(published: Path) -> bool:
    """Are there conversions, but no macro ones?"""
    with duckdb.connect(str(published), read_only=True) as connection:
        classes = connection.execute(
            "select distinct conversion_class from marts.fct_conversions"
        ).fetchall()
    return classes == [("micro",)]


def without_missing(files: dict[str, dict], tables: set[str]) -> tuple[dict[str, dict], list[str]]:
    """The assets whose tables exist, and a line for each chart that is left out."""
    missing = {}
    for path, asset in files.items():
        if path.startswith("datasets/"):
            absent = tables_read(asset["sql"]) - tables
            if absent:
                missing[asset["uuid"]] = ", ".join(sorted(absent))
    left_out = {
        asset["uuid"]: f"{asset['slice_name']}: left out, for there is no table"
        f" {missing[asset['dataset_uuid']]}. Its model may be switched off."
        for path, asset in files.items()
        if path.startswith("charts/") and asset["dataset_uuid"] in missing
    }
    kept = {
        path: without_charts(asset, left_out, missing) if path.startswith("dashboards/") else asset
        for path, asset in files.items()
        if asset.get("uuid") not in missing.keys() | left_out.keys()
    }
    return kept, list(left_out.values())


def without_charts(dashboard: dict, left_out: dict[str, str], missing: dict[str, str]) -> dict:
    """A dashboard with a line in place of each missing chart, without filters of missing data."""
    dashboard = copy.deepcopy(dashboard)
    position = dashboard["position"]
    for name, place in list(position.items()):
        if not name.startswith("CHART-") or place["meta"]["uuid"] not in left_out:
            continue
        # The note below the chart now says what became of it.
        note = name.replace("CHART", "MARKDOWN")
        position[note]["meta"] |= {"code": left_out[place["meta"]["uuid"]], "height": 10}
        position[place["parents"][-1]]["children"] = [note]
        del position[name]
    filters = dashboard["metadata"]["native_filter_configuration"]
    dashboard["metadata"]["native_filter_configuration"] = [
        entry for entry in filters if entry["targets"][0].get("datasetUuid") not in missing
    ]
    return dashboard


def import_assets(user, published: Path) -> list[str]:
    """Import as the user, who then owns the dashboards; a line for each chart that is left out."""
    from superset.commands.importers.v1.assets import ImportAssetsCommand
    from superset.utils.core import override_user

    files = {
        str(file.relative_to(ASSETS)): yaml.safe_load(file.read_text())
        for file in sorted(ASSETS.rglob("*.yaml"))
    }
    kept, lines = without_missing(files, published_tables(published))
    contents = {path: yaml.safe_dump(asset) for path, asset in kept.items()}
    if has_micro_alone(published):
        # Dashboards then open with the group that has something to show.
        contents = {
            path: text.replace("(all macro)", "(all micro)") for path, text in contents.items()
        }
    with override_user(user):
        ImportAssetsCommand(contents).run()
    return lines
