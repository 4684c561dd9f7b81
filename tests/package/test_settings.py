"""The installed package with rules, switches and names of the consumer's own."""

import csv

import pytest
from conftest import fetch
from consumer import PACKAGE, WITHOUT_TESTS, Consumer
from databases import database_differences
from stories import EMAIL, purchase, session, start

pytest_plugins = ["installed"]

RULE_SEEDS = {
    "conversion_types": "my_types",
    "channel_overrides": "my_overrides",
    "source_aliases": "my_aliases",
}
DATA_DRIVEN = {
    "fct_data_driven_credits", "rpt_channel_removal", "rpt_calibrated_assists",
}  # fmt: skip


def raw_rows():
    """The stories, and a person who books a plan, which no shipped conversion type is."""
    raw = start()
    raw["sessions"] += [
        session("plan-1", "2025-06-01", "plan", EMAIL),
        session("plan-2", "2025-06-09", "plan", {"utm_source": "meta", "utm_medium": "cpc"}),
    ]
    raw["conversions"].append(
        purchase("plan", "2025-06-10", "plan", value=None, conversion_type="subscription")
    )
    return raw


def edit_seed(shop, name, **changes):
    """Changes columns of the one row of a consumer's seed."""
    path = shop.project / f"seeds/{name}.csv"
    with path.open(newline="", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerow(row | changes)


def build_with_rules(folder, packages, **changes):
    """A consumer with rules of its own, built."""
    shop = Consumer(folder, packages)
    shop.configure(vars={"rule_seeds": RULE_SEEDS})
    shop.load(raw_rows())
    for name, columns in changes.items():
        edit_seed(shop, name, **columns)
    shop.dbt("build", *WITHOUT_TESTS, "--exclude-resource-type", "unit_test")
    return shop


CHANGES = {"extra_types": {"lookback_days": "5"}, "my_overrides": {"channel": "Direct Mail"}}


@pytest.fixture(scope="module")
def ruled(tmp_path_factory, packages):
    return build_with_rules(tmp_path_factory.mktemp("rules"), packages)


def plan(shop):
    query = "select path, conversion_value from marts.fct_conversions"
    (row,) = fetch(shop.db_path, f"{query} where conversion_key = 'web:plan'")
    return row


def test_the_consumers_rules_replace_those_shipped(ruled):
    row = plan(ruled)
    assert row["path"] == "Affiliates > Paid Social"
    assert float(row["conversion_value"]) == 9.9


def test_the_packages_tests_hold_for_the_consumers_rules(ruled):
    ruled.dbt("test", "--select", f"package:{PACKAGE},test_type:data")


def test_a_changed_rule_of_the_consumer_reaches_every_table(ruled, tmp_path, packages):
    for name, columns in CHANGES.items():
        edit_seed(ruled, name, **columns)
    ruled.dbt("build", *WITHOUT_TESTS, "--exclude-resource-type", "unit_test")
    assert plan(ruled)["path"] == "Paid Social"
    rebuilt = build_with_rules(tmp_path, packages, **CHANGES)
    found = database_differences(ruled.db_path, rebuilt.db_path)
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def reduced(tmp_path_factory, packages):
    """A consumer without data-driven models and one report, its schemas prefixed."""
    shop = Consumer(tmp_path_factory.mktemp("reduced"), packages)
    shop.configure(
        vars={"data_driven": False, "schema_prefix": "acme"},
        models={"reports": {"rpt_segments": {"+enabled": False}}},
    )
    shop.load(start())
    shop.dbt("--warn-error", "build", "--exclude-resource-type", "unit_test")
    return shop


def built_tables(shop):
    rows = fetch(
        shop.db_path,
        "select table_schema, table_name from information_schema.tables",
    )
    return {row["table_name"]: row["table_schema"] for row in rows}


def test_reports_are_switched_off(reduced):
    tables = built_tables(reduced)
    assert "rpt_segments" not in tables
    assert "rpt_top_paths" in tables


def test_the_data_driven_models_are_switched_off(reduced):
    assert not DATA_DRIVEN & set(built_tables(reduced))
    names = {name.split(".")[-1] for name in reduced.statuses()}
    assert not {name for name in names if "markov" in name or "shapley" in name}


def test_schemas_have_the_prefix(reduced):
    parts = ["marts", "reports", "audits", "staging", "intermediate", "seeds", "run_log"]
    expected = {f"acme_{part}" for part in parts}
    assert reduced.schemas() == expected | {"landing", "main_own"}
