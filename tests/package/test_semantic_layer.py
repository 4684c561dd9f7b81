"""The semantic layer in an installing project: off at first, because metric names are global."""

import pytest
from consumer import PACKAGE, Consumer

pytest_plugins = ["installed"]

OWN_METRICS = """
models:
  - name: shop_days
    time_spine: {standard_granularity_column: date_day}
    columns: [{name: date_day, granularity: day}]

semantic_models:
  - name: conversions
    model: ref('orders')
    defaults: {agg_time_dimension: ordered_on}
    primary_entity: order
    dimensions:
      - {name: ordered_on, type: time, type_params: {time_granularity: day}}
    measures:
      - {name: assisted_conversions, agg: count, expr: "1", create_metric: true}
"""


@pytest.fixture
def shop(tmp_path, packages):
    return Consumer(tmp_path, packages)


def metrics_of(shop):
    manifest = shop.artifact("semantic_manifest.json")
    return {metric["name"] for metric in manifest["metrics"]}


def test_own_metrics_may_have_the_packages_names(shop):
    own = shop.project / "models/own"
    (own / "shop_days.sql").write_text("select date '2026-01-01' as date_day")
    (own / "shop_metrics.yml").write_text(OWN_METRICS)
    shop.dbt("--warn-error", "parse")
    assert metrics_of(shop) == {"assisted_conversions"}


def test_the_setting_switches_the_metrics_on(shop):
    shop.configure(vars={"semantic_layer": True})
    shop.dbt("--warn-error", "parse")
    assert {"assisted_conversions", "assist_to_last_ratio"} <= metrics_of(shop)
    nodes = shop.artifact("manifest.json")["nodes"]
    assert f"model.{PACKAGE}.sem_time_spine" in nodes
