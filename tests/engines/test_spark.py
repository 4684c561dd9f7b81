"""The project on a cluster of Apache Spark: its public tables equal DuckDB's.

`make test-spark` runs this in an environment of its own.
"""

from itertools import islice

import pyarrow.parquet as parquet
import pytest
from courses import Batch, draw_batches
from duckdb_tables import assert_equal, before_the_last_month, built_on_duckdb, raw_tables
from raw_files import text_table
from reference.inputs import TABLES
from sample_tables import made_of_samples
from samples import EXPECTED, made_and_due

pytest.importorskip(
    "snowpark_connect_deps_iceberg", reason="the tests of Apache Spark run by `make test-spark`"
)
from spark_cluster import Spark, running_cluster, spark_session  # noqa: E402

pytest_plugins = ["raw_sets"]
BUILD = ["build", "--exclude-resource-type", "unit_test"]
# The other way to find persons.
IN_SQL = ["--vars", "components_in: sql"]
WITHOUT_TESTS = [*BUILD, "--exclude-resource-type", "test"]
BATCHES = 3
CATALOG = "spark.sql.catalog.spark_catalog"


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    with running_cluster(folder) as master, spark_session(folder, master) as session:
        yield session


@pytest.fixture
def spark(session, tmp_path):
    spark = Spark(tmp_path, session)
    yield spark
    spark.clear()


@pytest.fixture
def without_iceberg(session):
    """Spark's own catalog: that of Iceberg leaves the files of other tables that are dropped."""
    catalog = session.conf.get(CATALOG)
    session.conf.unset(CATALOG)
    yield
    session.conf.set(CATALOG, catalog)


def test_a_build_and_new_rows_lead_where_duckdb_does(spark, demo, demo_on_duckdb, tmp_path):
    tables = raw_tables(demo)
    spark.load(before_the_last_month(tables))
    spark.dbt(*WITHOUT_TESTS)
    spark.load(tables)
    spark.dbt(*BUILD)
    assert_equal(spark, demo_on_duckdb)


def test_tables_of_odd_values_are_those_of_duckdb(spark, odd, odd_on_duckdb, tmp_path):
    spark.load(raw_tables(odd))
    spark.dbt(*BUILD, *IN_SQL)
    assert_equal(spark, odd_on_duckdb)


def test_a_history_of_runs_ends_where_duckdb_does(spark, tmp_path):
    for number, batch in enumerate(islice(draw_batches(10, 10, rules_change=False), BATCHES)):
        folder = written(tmp_path / f"raw_{number}", batch)
        spark.load(raw_tables(folder))
        spark.dbt(*WITHOUT_TESTS)
    assert_equal(spark, built_on_duckdb(folder, tmp_path), without=["audits.audit_restatements"])


def test_plain_parquet_is_made_anew_and_the_log_of_runs_kept(
    without_iceberg, spark, odd, odd_on_duckdb
):
    spark.file_format = "parquet"
    spark.load(raw_tables(odd))
    spark.dbt(*WITHOUT_TESTS)
    spark.dbt(*WITHOUT_TESTS, "--select", "base_session_parts")
    assert_equal(spark, odd_on_duckdb, without=["audits.audit_restatements"])
    runs = spark.session.sql("select status from run_log.runs order by run_number").collect()
    assert [run.status for run in runs] == ["success", "success"]


def test_samples_of_tools_become_the_expected_rows(spark):
    with made_of_samples(spark) as connection:
        for path in EXPECTED:
            made, due = made_and_due(path, connection, path.stem)
            assert made == due, path.stem


def written(folder, batch: Batch):
    """The raw tables of a batch, each with all columns as text."""
    folder.mkdir()
    for table, rows in batch.raw.items():
        parquet.write_table(text_table(rows, TABLES[table]), folder / f"{table}.parquet")
    return folder
