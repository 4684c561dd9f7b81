"""Models, seeds, snapshots and tests of the consumer, beside the installed package."""

import re
import shutil

import duckdb
import pytest
import yaml
from consumer import PACKAGE, Consumer
from test_data import SCHEMAS

pytest_plugins = ["installed"]

# What the consumer has besides what it feeds to the package or reads from it.
OWN = ["--select", "package:shop", "--exclude", "shop.raw", "shop.rules", "shop.reports"]
TABLES = ["orders", "countries_with_orders", "large_orders", "order_amounts", "stg_sessions"]
MORE_ORDERS = "2,FR,2025-06-02,175\n4,US,2025-06-04,500\n"


def without_package(shop):
    """Takes the package out of a consumer project, and what reads from it."""
    for folder in ("raw", "rules", "reports"):
        shutil.rmtree(shop.project / "models" / folder)
    path = shop.project / "packages.yml"
    packages = yaml.safe_load(path.read_text())["packages"]
    kept = [package for package in packages if "local" not in package]
    path.write_text(yaml.safe_dump({"packages": kept}))
    installed = (shop.project / "dbt_packages").resolve()
    (shop.project / "dbt_packages").unlink()
    shutil.copytree(installed / "dbt_utils", shop.project / "dbt_packages/dbt_utils")


def runs(shop):
    """What two builds of the consumer's own nodes did: the first, and one with more orders."""
    found = []
    for more in ("", MORE_ORDERS):
        seed = shop.project / "seeds/shop_orders.csv"
        seed.write_text(seed.read_text() + more)
        shop.dbt("build", *OWN)
        sql = {path: without_times(text) for path, text in shop.run_sql("shop").items()}
        # The package's hooks are listed too; they do nothing here.
        statuses = {
            name: status
            for name, status in shop.statuses().items()
            if not name.startswith(f"operation.{PACKAGE}.")
        }
        found.append({"statuses": statuses, "rows": rows(shop), "sql": sql})
    return found


def rows(shop):
    """The rows of the consumer's own tables, without the times in its snapshot."""
    columns = "columns(lambda name: name not like 'dbt_%')"
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        return {
            table: connection.execute(
                f"select {columns} from main_own.{table} order by all"
            ).fetchall()
            for table in TABLES
        }


def without_times(sql):
    """SQL without the names and times that differ from run to run."""
    return re.sub(r"__dbt_tmp\w+", "__dbt_tmp", re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\S+", "", sql))


def test_own_nodes_run_as_without_the_package(tmp_path, packages):
    installed, alone = (Consumer(tmp_path / name, packages) for name in ("installed", "alone"))
    without_package(alone)
    found, expected = runs(installed), runs(alone)
    assert len(expected[0]["sql"]) > len(TABLES)
    assert "insert into" in expected[1]["sql"]["models/own/orders.sql"].lower()
    assert found == expected
    assert installed.schemas() == alone.schemas() == {"main_own"}


def test_the_package_has_what_the_consumers_names_repeat(tmp_path, packages):
    shop = Consumer(tmp_path, packages)
    shop.dbt("--warn-error", "parse")
    manifest = shop.artifact("manifest.json")
    for name in ("model.{}.stg_sessions", "model.{}.fct_conversions", "seed.{}.channels"):
        assert {name.format("shop"), name.format(PACKAGE)} <= set(manifest["nodes"])
    assert {"macro.shop.ratio", f"macro.{PACKAGE}.ratio"} <= set(manifest["macros"])


@pytest.fixture(scope="module")
def untouched(tmp_path_factory, packages):
    """A consumer that never builds a model of the package."""
    return Consumer(tmp_path_factory.mktemp("untouched"), packages)


@pytest.mark.parametrize(
    "command",
    [
        "compile",
        "docs generate",
        "seed --select shop_orders",
        "run --select orders",
        "test --select orders",
        "snapshot --select order_amounts",
        "show --inline",
        "list",
    ],
)
def test_commands_without_a_model_of_the_package_leave_its_schemas_out(untouched, command):
    args = command.split()
    if command == "show --inline":
        args.append("select 1 as one")
    printed = untouched.dbt(*args)
    assert "Conversions: " not in printed
    assert not untouched.schemas() & (SCHEMAS | {"raw"})
