"""The metrics of MetricFlow equal the reports. `make test-semantic` runs this.

MetricFlow reads target/semantic_manifest.json of the project that it runs in, and only there. So it
runs in a copy of the project, made of links, with a target folder of its own.
"""

import json
import math
import os
import re
import shutil
import subprocess
from decimal import Decimal

import pytest
from comparisons import COMPARISONS, channel_assists, total
from conftest import BIN, ROOT, fetch

cli_configuration = pytest.importorskip(
    "dbt_metricflow.cli.cli_configuration", reason="metrics are tested by `make test-semantic`"
)
from metricflow.engine.metricflow_engine import MetricFlowQueryRequest  # noqa: E402

SEMANTIC_LAYER = "{semantic_layer: true}"
GROUPS = ["(all macro)", "(all micro)", "purchase", "lead", "newsletter_signup"]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project that is built on the demo data, with the semantic layer."""
    folder = tmp_path_factory.mktemp("project")
    for path in ROOT.iterdir():
        if path.name not in ("target", "logs") and not path.name.startswith("."):
            (folder / path.name).symlink_to(path)
    environment = {
        "ATTRIBUTION_RAW_DIR": str(ROOT / os.environ["ATTRIBUTION_RAW_DIR"]),
        "ATTRIBUTION_DB": str(folder / "attribution.duckdb"),
        "ATTRIBUTION_TEMP_DIR": str(folder / "duckdb"),
        "DBT_PROFILES_DIR": str(folder),
        "DBT_TARGET_PATH": "target",
        "DBT_LOG_PATH": "logs",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        run(
            "dbt", "--quiet", "build", "--vars", SEMANTIC_LAYER,
            "--exclude-resource-type", "unit_test", "test",
        )  # fmt: skip
        yield folder


@pytest.fixture(scope="module")
def copy(project):
    """The database as it is read beside MetricFlow, which locks the file. The manifest holds its
    name, so that stays."""
    (project / "copy").mkdir()
    return shutil.copy(project / "attribution.duckdb", project / "copy")


@pytest.fixture(scope="module")
def metricflow(project, copy):
    configuration = cli_configuration.CLIConfiguration()
    configuration.setup(project, project, configure_file_logging=False)
    return configuration.mf


@pytest.fixture(scope="module")
def manifest(project):
    return json.loads((project / "target/semantic_manifest.json").read_text())


def run(program, *arguments, **environment):
    result = subprocess.run(
        [BIN / program, *arguments], env=os.environ | environment, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
    return result.stdout


def ask(metricflow, **request):
    """The columns and rows of a query."""
    table = metricflow.query(MetricFlowQueryRequest.create(**request)).result_df
    return list(table.column_names), [[plain(value) for value in row] for row in table.rows]


def plain(value):
    return float(value) if isinstance(value, Decimal) else value


def expected_of(comparison, copy):
    """The metrics of an expected table, and their values by key."""
    rows = fetch(copy, comparison.expected)
    assert rows, "the reports have nothing to compare"
    width = len(comparison.group_by)
    return list(rows[0])[width:], by_key([list(row.values()) for row in rows], width)


def by_key(rows, width):
    keyed = {tuple(row[:width]): [plain(value) for value in row[width:]] for row in rows}
    assert len(keyed) == len(rows), "the keys are not unique"
    return keyed


def without_empty(keyed):
    """Rows of metrics that are all null say of a channel what a missing row says."""
    return {key: row for key, row in keyed.items() if any(value is not None for value in row)}


def is_close(one, other):
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def assert_equal(metricflow, copy, comparison):
    metrics, expected = expected_of(comparison, copy)
    columns, rows = ask(
        metricflow,
        metric_names=metrics,
        group_by_names=comparison.group_by,
        where_constraints=comparison.where,
    )
    width = len(comparison.group_by)
    # MetricFlow chooses the order of the columns.
    order = [columns.index(name) for name in comparison.group_by + metrics]
    found = by_key([[row[place] for place in order] for row in rows], width)
    expected, found = without_empty(expected), without_empty(found)
    assert found.keys() == expected.keys()
    differences = [
        f"{key} {metric}: expected {due}, found {value}"
        for key, values in expected.items()
        for metric, due, value in zip(metrics, values, found[key])
        if not is_close(due, value)
    ]
    assert not differences, differences[:10]


def test_the_configuration_is_valid(copy):
    output = run("mf", "validate-configs", "--show-all", ATTRIBUTION_DB=str(copy))
    counts = re.findall(r"ERRORS: (\d+), FUTURE_ERRORS: (\d+), WARNINGS: (\d+)", output)
    assert len(counts) >= 5
    assert set(counts) == {("0", "0", "0")}


def test_the_command_line_answers(project, copy):
    run(
        "mf", "query", "--quiet", "--metrics", "assisted_conversions", "--group-by", "channel",
        "--csv", "answer.csv", ATTRIBUTION_DB=str(copy),
    )  # fmt: skip
    header, *rows = (project / "answer.csv").read_text().splitlines()
    assert header == "channel,assisted_conversions"
    assert len(rows) > 5


@pytest.mark.parametrize("group", GROUPS)
def test_metrics_by_channel_equal_the_headline_report(metricflow, copy, group):
    assert_equal(metricflow, copy, channel_assists(group))


@pytest.mark.parametrize("group", GROUPS)
def test_metrics_without_channel_equal_the_total_row(metricflow, copy, group):
    """Where summing the channels would count conversions several times."""
    assert_equal(metricflow, copy, total(group))


@pytest.mark.parametrize("name", COMPARISONS)
def test_metrics_equal_the_reports(metricflow, copy, name):
    assert_equal(metricflow, copy, COMPARISONS[name])


def test_every_metric_is_compared(manifest, copy):
    compared = [*COMPARISONS.values(), channel_assists(GROUPS[0]), total(GROUPS[0])]
    metrics = {metric for comparison in compared for metric in expected_of(comparison, copy)[0]}
    assert len(manifest["metrics"]) > 50
    assert {metric["name"] for metric in manifest["metrics"]} == metrics


def test_saved_queries_are_answered(metricflow, manifest):
    assert len(manifest["saved_queries"]) >= 5
    for query in manifest["saved_queries"]:
        columns, rows = ask(metricflow, saved_query_name=query["name"])
        assert len(rows) > 1, query["name"]
        assert columns[-len(query["query_params"]["metrics"]) :] == query["query_params"]["metrics"]


def test_metrics_are_labelled_and_described(manifest):
    offenders = [
        metric["name"]
        for metric in manifest["metrics"]
        if not metric["label"] or not metric["description"] or "{{" in metric["description"]
    ]
    assert not offenders


def test_no_name_has_two_underscores_in_a_row(manifest):
    """They join an entity and a dimension in a query."""
    names = [metric["name"] for metric in manifest["metrics"]]
    for model in manifest["semantic_models"]:
        names.append(model["name"])
        names += [part["name"] for kind in ("entities", "dimensions", "measures")
                  for part in model[kind]]  # fmt: skip
    assert not [name for name in names if "__" in name]
