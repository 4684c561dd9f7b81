"""What Superset imports, without Superset; the dashboards themselves are tested in a browser."""

import re
import sys

import pytest
import yaml
from conftest import ROOT

sys.path.insert(0, str(ROOT / "dashboards"))
import make_assets  # noqa: E402

DEFINITIONS = make_assets.Definitions()
ASSETS = make_assets.assets()
CHARTS = [
    (slug, chart)
    for slug, dashboard in DEFINITIONS.dashboards.items()
    for _, chart in make_assets.numbered_charts(dashboard)
]


def test_assets_are_those_of_the_definitions():
    written = {
        str(file.relative_to(make_assets.ASSETS)): file.read_text()
        for file in make_assets.ASSETS.rglob("*.yaml")
    }
    expected = {path: make_assets.as_text(asset) for path, asset in ASSETS.items()}
    assert written == expected, "run `make dashboard-assets`"


def test_ids_are_unique():
    ids = [asset["uuid"] for asset in ASSETS.values() if "uuid" in asset]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("slug", "chart"), CHARTS, ids=lambda part: str(part)[:40])
def test_chart_says_what_adds_up_and_names_what_its_dataset_has(slug, chart):
    assert len(chart["note"]) > 20
    metrics = {metric for metric, _, _ in DEFINITIONS.metrics(chart["data"])}
    columns = set(DEFINITIONS.columns(chart["data"]))
    used_metrics = {*chart.get("metrics", []), *as_list(chart, "metric", "size")}
    used_columns = set(as_list(chart, "by", "across", "split", "source", "target", "columns"))
    if chart["kind"] == "bubbles":
        used_metrics |= {chart["x"], chart["y"]}
    if chart["kind"] == "heat":
        used_columns |= {chart["x"], chart["y"]}
    assert used_metrics <= metrics
    assert used_columns <= columns


def as_list(chart, *keys):
    """The values of some keys, whether a name or a list of names."""
    return [
        name
        for key in keys
        if key in chart
        for name in (chart[key] if isinstance(chart[key], list) else [chart[key]])
    ]


def test_datasets_read_public_models_only():
    names = {
        node.stem for folder in ("marts", "reports", "audits")
        for node in (ROOT / "models" / folder).glob("*.sql")
    }  # fmt: skip
    for name in DEFINITIONS.datasets:
        sql = ASSETS[f"datasets/assisted_conversions/{name}.yaml"]["sql"]
        read = set(re.findall(r"\b(?:from|join) (\w+\.\w+)", sql))
        assert read, name
        for table in read:
            schema, model = table.split(".")
            assert schema in ("marts", "reports", "audits"), table
            assert model in names, table


def test_conversions_are_counted_distinct_wherever_a_row_is_not_one():
    for name, dataset in DEFINITIONS.datasets.items():
        if "conversion_key" not in DEFINITIONS.columns(name):
            continue
        for metric, _, expression in DEFINITIONS.metrics(name):
            if "conversions" in metric:
                assert "count(distinct" in expression, (name, metric)
        assert dataset["description"]


def test_yaml_holds_no_secret():
    database = ASSETS["databases/assisted_conversions.yaml"]
    assert database["sqlalchemy_uri"] == "duckdb:///target/published/attribution.duckdb"
    assert database["extra"]["engine_params"]["connect_args"]["read_only"] is True
    assert yaml.safe_load(make_assets.as_text(database)) == database
