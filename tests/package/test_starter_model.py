"""The model that `starter_model` prints runs as it is, and says what is still to fill in."""

import json

import duckdb
import pytest
from consumer import Consumer

pytest_plugins = ["installed"]

CALLS = "select 'c1' as Interaction_Id, timestamp '2026-05-01 10:00:00' as touched_at, 1 as seconds"


@pytest.fixture(scope="module")
def shop(tmp_path_factory, packages):
    shop = Consumer(tmp_path_factory.mktemp("starter"), packages)
    with duckdb.connect(str(shop.db_path)) as connection:
        connection.execute("create schema landing")
        connection.execute(f"create table landing.calls as {CALLS}")
    return shop


def printed(shop, **args):
    return shop.run("--quiet", "run-operation", "starter_model", "--args", json.dumps(args))


@pytest.fixture(scope="module")
def starter(shop):
    made = printed(shop, raw_table="interactions", **{"from": "landing.calls"})
    assert made.returncode == 0, made.stdout
    return made.stdout


def test_the_model_runs_with_the_columns_of_the_raw_table(shop, starter):
    with duckdb.connect(str(shop.db_path), read_only=True) as connection:
        made = connection.sql(starter)
        row = dict(zip(made.columns, made.fetchall()[0], strict=True))
    assert row["interaction_id"] == "c1"
    assert str(row["touched_at"]) == "2026-05-01 10:00:00"
    assert row["interaction_type"] is None
    assert "seconds" not in row
    assert {"visitor_id", "user_id", "email", "utm_source", "is_bot", "loaded_at"} <= set(row)


def test_the_model_says_what_is_needed_and_what_is_left(starter):
    assert "-- Required. What kind of touch it was" in starter
    assert "cast(null as TEXT) as interaction_type" in starter
    assert "-- Each row needs one of visitor_id, user_id, email." in starter
    assert "-- Columns that are not used yet: seconds" in starter


@pytest.mark.parametrize(
    ("raw_table", "table", "message"),
    [
        ("calls", "landing.calls", "There is no raw table `calls`. Raw tables are: ad_clicks"),
        ("interactions", "landing.call", "There is no table `landing.call`"),
        ("interactions", "a.b.c.d", "`a.b.c.d` names no table: write `table`, `schema.table`"),
    ],
)
def test_an_error_names_what_is_wrong(shop, raw_table, table, message):
    failed = printed(shop, raw_table=raw_table, **{"from": table})
    assert failed.returncode
    assert message in failed.stdout + failed.stderr
