"""The installed package with rules, switches and names of the consumer's own."""

import csv

import pytest
from conftest import fetch
from consumer import PACKAGE, WITHOUT_TESTS, Consumer
from databases import database_differences
from stories import EMAIL, purchase, session, start
from test_data import SCHEMAS

pytest_plugins = ["installed"]

RULE_SEEDS = {
    "conversion_types": "my_types",
    "channel_overrides": "my_overrides",
    "source_aliases": "my_aliases",
}
# Reports of credits stay, with the rule models alone.
DATA_DRIVEN = {"fct_data_driven_credits", "rpt_channel_removal", "rpt_model_orders"}


def raw_rows():
    """The stories, and a person who books a plan, which no shipped conversion type is."""
    raw = start()
    raw["sessions"] += [
        session("plan-1", "2025-06-01", "plan", EMAIL),
        session("plan-2", "2025-06-09", "plan", {"utm_source": "meta", "utm_medium": "cpc"}),
    ]
    raw["conversions"].append(
        purchase(
            "plan",
            "2025-06-10",
            "plan",
            value=None,
            conversion_type="subscription",
            campaign_region="North",
        )  # fmt: skip
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


def change_rules(shop):
    """Changes rows of the consumer's seeds, and passes one more raw column through."""
    edit_seed(shop, "extra_types", lookback_days="5")
    edit_seed(shop, "my_overrides", channel="Display")
    shop.configure(vars={"rule_seeds": RULE_SEEDS, "pass_through_columns": ["campaign_region"]})


def build(shop):
    shop.dbt("build", *WITHOUT_TESTS)


@pytest.fixture(scope="module")
def ruled(tmp_path_factory, installed):
    """A consumer with rules of its own, built."""
    shop = Consumer(tmp_path_factory.mktemp("rules"), installed)
    shop.configure(vars={"rule_seeds": RULE_SEEDS})
    shop.load(raw_rows())
    build(shop)
    return shop


def test_the_packages_unit_tests_stay_out_of_the_consumers_builds(ruled):
    unit_tests = ruled.dbt("ls", "--quiet", "--resource-type", "unit_test").split()
    assert not [name for name in unit_tests if PACKAGE in name]


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


@pytest.fixture(scope="module")
def changed(ruled):
    """The same consumer after a second build with other rules."""
    change_rules(ruled)
    build(ruled)
    return ruled


def test_changed_rules_of_the_consumer_reach_every_table(changed, tmp_path, packages):
    assert plan(changed)["path"] == "Paid Social"
    rebuilt = Consumer(tmp_path, packages)
    rebuilt.load(raw_rows())
    change_rules(rebuilt)
    build(rebuilt)
    found = database_differences(changed.db_path, rebuilt.db_path)
    assert not found, "\n".join(found)


def test_a_raw_column_passes_through_to_facts_and_segments(changed):
    query = "select campaign_region, count(*) as rows from marts.fct_conversions group by 1"
    regions = {row["campaign_region"]: row["rows"] for row in fetch(changed.db_path, query)}
    assert regions["North"] == 1
    assert set(regions) == {"North", None}
    query = "from reports.rpt_segments where segment = 'campaign_region' and channel = '(total)'"
    values = {
        (row["conversion_group"], row["segment_value"]): row["conversions"]
        for row in fetch(changed.db_path, query)
    }
    assert values["subscription", "North"] == 1
    assert values["(all macro)", "North"] == 1


def test_a_wrong_row_of_the_consumers_rules_stops_what_reads_them(changed):
    """The file that is named is the consumer's model."""
    edit_seed(changed, "extra_types", lookback_days="0")
    selection = ["extra_types", "my_types", "int_conversion_groups"]
    result = changed.run("build", "--select", *selection, *WITHOUT_TESTS)
    edit_seed(changed, "extra_types", lookback_days="5")
    assert result.returncode == 1
    assert "Correct models/rules/my_types.sql of the project shop, and run again" in result.stdout
    assert (
        "row `conversion_type = subscription`: column `lookback_days` is `0`, "
        "but must be from 1 to 365" in result.stdout
    )


@pytest.fixture(scope="module")
def reduced(tmp_path_factory, packages):
    """A consumer without data-driven models and two reports, its schemas prefixed."""
    shop = Consumer(tmp_path_factory.mktemp("reduced"), packages)
    shop.configure(
        vars={"data_driven": False, "schema_prefix": "acme"},
        models={
            "reports": {
                "rpt_segments": {"+enabled": False},
                "rpt_lookback_sensitivity": {"+enabled": False},
            }
        },
    )
    shop.load(start())
    shop.dbt("--warn-error", "build")
    return shop


def built_tables(shop):
    rows = fetch(
        shop.db_path,
        "select table_schema, table_name from information_schema.tables",
    )
    return {row["table_name"]: row["table_schema"] for row in rows}


def test_reports_are_switched_off(reduced):
    tables = built_tables(reduced)
    assert not {"rpt_segments", "rpt_lookback_sensitivity"} & set(tables)
    assert "rpt_top_paths" in tables


def test_findings_of_reports_that_are_switched_off_are_left_out(reduced):
    tables = built_tables(reduced)
    left_out = {"int_findings_windows", "int_findings_orders", "int_findings_cuts"}
    assert not left_out & set(tables)
    assert "int_findings_models" in tables
    findings = fetch(reduced.db_path, "select headline from acme_reports.rpt_findings")
    assert any(row["headline"].startswith("Too little data: ") for row in findings)


def test_findings_are_switched_off_as_a_whole(tmp_path, packages):
    shop = Consumer(tmp_path, packages)
    shop.configure(models={"reports": {"rpt_findings": {"+enabled": False}}})
    names = shop.dbt("--warn-error", "--quiet", "ls", "--resource-type", "model").split()
    assert not [name for name in names if "findings" in name]
    assert [name for name in names if name.endswith(".rpt_channel_assists")]


def test_the_data_driven_models_are_switched_off(reduced):
    assert not DATA_DRIVEN & set(built_tables(reduced))
    models = fetch(
        reduced.db_path, "select distinct attribution_model from acme_reports.rpt_model_comparison"
    )
    assert "linear" in {row["attribution_model"] for row in models}
    assert not {row["attribution_model"] for row in models} & {"markov", "shapley"}
    names = {name.split(".")[-1] for name in reduced.statuses()}
    assert not {name for name in names if "markov" in name or "shapley" in name}


def test_schemas_have_the_prefix(reduced):
    expected = {f"acme_{schema}" for schema in SCHEMAS}
    assert reduced.schemas() == expected | {"landing", "main_own"}
