"""Adapters: the samples of each tool's tables become the rows of raw tables that people expect.

A sample is a folder of integration_tests/samples; what must come of it stands by hand in
integration_tests/samples/expected, one file for each model, with the columns that matter.
"""

import csv
import os
import shutil

import duckdb
import pytest
from conftest import ROOT
from consumer import Consumer

pytest_plugins = ["installed"]

SAMPLES = ROOT / "integration_tests/samples"
EXPECTED = sorted(SAMPLES.glob("expected/*.csv"))
ADAPTERS = sorted({path.name for path in ROOT.glob("models/sources/*/")} - {"united"})


def switched_on(*names):
    return {"adapters": {name: {} for name in names}}


@pytest.fixture(scope="module")
def built(tmp_path_factory, packages):
    """A connection to what a consumer with all adapters made of the samples."""
    shop = Consumer(tmp_path_factory.mktemp("adapters"), packages)
    shop.configure(vars=switched_on(*ADAPTERS))
    shop.dbt("build", "--select", "+assisted_conversions.sources", env=raw(SAMPLES))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        yield connection


def raw(folder):
    return {"ATTRIBUTION_RAW_DIR": os.fspath(folder)}


def test_each_adapter_has_a_sample():
    assert ADAPTERS
    assert not [name for name in ADAPTERS if not (SAMPLES / name).is_dir()]
    assert not [name for name in ADAPTERS if not list(SAMPLES.glob(f"expected/{name}_*.csv"))]


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_sample_becomes_the_expected_rows(built, path):
    with path.open(newline="") as file:
        header, *rows = csv.reader(file)
    columns = ", ".join(f"coalesce(cast({name} as varchar), '') as {name}" for name in header)
    made = built.sql(f"select {columns} from sources.{path.stem}").fetchall()
    assert sorted(made) == sorted(tuple(row) for row in rows)


def test_what_is_off_is_no_node(tmp_path, packages):
    shop = Consumer(tmp_path, packages)
    shop.configure(vars={})
    listed = shop.dbt("ls", "--quiet", "--select", "assisted_conversions.*", env=raw(SAMPLES))
    assert "assisted_conversions.marts" in listed
    assert "assisted_conversions.sources" not in listed
    assert not [name for name in ADAPTERS if f"assisted_conversions_{name}." in listed]


def test_a_missing_table_and_a_missing_column_stop_the_run(tmp_path, packages):
    shop = Consumer(tmp_path, packages)
    shop.configure(vars=switched_on("klaviyo"))
    shutil.copytree(SAMPLES, tmp_path / "samples")
    (tmp_path / "samples/klaviyo/metric.csv").unlink()
    (tmp_path / "samples/klaviyo/person.csv").write_text("id,mail\np1,ann@example.com\n")
    failed = shop.run("build", "--select", "klaviyo_interactions", env=raw(tmp_path / "samples"))
    assert failed.returncode
    assert "adapter `klaviyo`: table `metric` is absent" in failed.stdout
    assert "adapter `klaviyo`: table `person` lacks the column `email`" in failed.stdout
    assert "Columns found: id, mail" in failed.stdout


def test_a_renamed_column_is_a_setting(tmp_path, packages):
    shop = Consumer(tmp_path, packages)
    shop.configure(vars={"adapters": {"klaviyo": {"columns": {"person": {"email": "mail"}}}}})
    shutil.copytree(SAMPLES, tmp_path / "samples")
    (tmp_path / "samples/klaviyo/person.csv").write_text("id,mail\np1,bob@example.com\n")
    shop.dbt("run", "--select", "+klaviyo_identity_links", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql("select right_id from sources.klaviyo_identity_links").fetchall()
    assert rows == [("bob@example.com",)]


def test_bytes_are_read_in_hexadecimal(tmp_path, packages):
    """Also those that happen to spell a text."""
    shop = Consumer(tmp_path, packages)
    shop.configure(vars=switched_on("matomo"))
    shutil.copytree(SAMPLES / "matomo", tmp_path / "samples/matomo")
    visits = tmp_path / "samples/matomo/log_visit.csv"
    duckdb.sql(
        f"""copy (
            select * replace (encode('12345678') as idvisitor)
            from read_csv('{visits}', all_varchar = true) limit 1
        ) to '{visits.with_suffix(".parquet")}'"""
    )
    visits.unlink()
    shop.dbt("run", "--select", "+matomo_sessions", env=raw(tmp_path / "samples"))
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        rows = connection.sql("select visitor_id from sources.matomo_sessions").fetchall()
    assert rows == [("3132333435363738",)]
