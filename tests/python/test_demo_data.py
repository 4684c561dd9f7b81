"""The demo data: reproducible, complete, and ugly in small shares."""

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import yaml

ROOT = Path(__file__).parents[2]
SMALL = 20_000


def make(folder, *arguments):
    script = ROOT / "scripts" / "make_demo_data.py"
    subprocess.run(
        [sys.executable, str(script), "--out", str(folder), *map(str, arguments)], check=True
    )
    return folder


@pytest.fixture(scope="module")
def small_demo(tmp_path_factory):
    return make(tmp_path_factory.mktemp("small"), "--sessions", SMALL)


@pytest.fixture(scope="module")
def demo(demo_db):
    """The database of the cut of the demo."""
    with duckdb.connect(str(demo_db), read_only=True) as connection:
        yield connection


def rows(connection, query):
    return connection.sql(query).fetchall()


def declared_tables():
    sources = yaml.safe_load((ROOT / "models/staging/_raw__sources.yml").read_text())
    return {
        table["name"]: {column["name"] for column in table["columns"]}
        for table in sources["sources"][0]["tables"]
    }


# The files


def test_same_seed_gives_the_same_bytes(small_demo, tmp_path):
    again = make(tmp_path, "--sessions", SMALL)
    names = sorted(path.name for path in small_demo.iterdir())
    assert names == sorted(path.name for path in again.iterdir())
    assert all((small_demo / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_another_seed_gives_other_rows(small_demo, tmp_path):
    other = make(tmp_path, "--sessions", SMALL, "--seed", 8)
    name = "sessions.parquet"
    assert (small_demo / name).read_bytes() != (other / name).read_bytes()


def test_csv_holds_what_parquet_holds(small_demo, tmp_path):
    make(tmp_path, "--sessions", SMALL, "--format", "csv")
    with duckdb.connect() as connection:
        for parquet in small_demo.iterdir():
            as_parquet = f"read_parquet('{parquet}')"
            described = connection.execute(f"describe from {as_parquet}").fetchall()
            types = {name: type_name for name, type_name, *_ in described}
            csv = tmp_path / f"{parquet.stem}.csv"
            as_csv = f"read_csv('{csv}', header = true, columns = {types})"
            # A blank and a null look alike in CSV.
            values = ", ".join(f"nullif(trim(\"{name}\"::text), '')" for name in types)
            expected = connection.execute(f"select {values} from {as_parquet}").fetchall()
            found = connection.execute(f"select {values} from {as_csv}").fetchall()
            assert found == expected, parquet.stem


def test_every_declared_table_and_column_is_made(small_demo):
    for table, declared in declared_tables().items():
        made = duckdb.sql(f"from read_parquet('{small_demo / table}.parquet')").columns
        assert declared <= {column.lower() for column in made}, table
        assert all(
            column.lower() in declared or table in ("sessions", "conversions") for column in made
        )


# The built database


def test_the_cut_is_about_85000_sessions_over_twelve_months(demo):
    sessions, first, last = rows(
        demo,
        "select count(*), min(started_at)::date::text, max(started_at)::date::text "
        "from staging.stg_sessions",
    )[0]
    assert 75_000 <= sessions <= 95_000
    assert (first, last) == ("2025-07-01", "2026-06-30")


@pytest.mark.parametrize("table", sorted(declared_tables()))
def test_every_table_has_good_rows(demo, table):
    assert rows(demo, f"select count(*) from staging.stg_{table}")[0][0] > 0


def test_bad_rows_are_of_every_kind_and_few(demo):
    reasons = {
        reason for (reason,) in rows(demo, "select distinct reason from audits.audit_rejected_rows")
    }
    assert reasons == {
        "missing_key",
        "no_identity",
        "bad_timestamp",
        "bad_number",
        "bad_value",
        "unknown_conversion_type",
        "no_exchange_rate",
        "negative_cost",
    }
    for table in ("sessions", "conversions", "ad_spend", "interactions"):
        rejected, staged = rows(
            demo,
            f"select count(*), (select count(*) from staging.stg_{table}) "
            f"from audits.audit_rejected_rows where table_name = '{table}'",
        )[0]
        assert 0.002 <= rejected / staged <= 0.015, table


def test_shared_keys_of_both_kinds_are_found(demo):
    keys = rows(demo, "select distinct key_type from audits.audit_shared_keys")
    assert {"visitor", "email"} <= {key for (key,) in keys}


def test_the_chain_from_crm_contact_to_cookie_holds(demo):
    """The CRM knows no cookie: a deal has a path only through the identity links."""
    share = rows(
        demo,
        "select avg(is_attributed::int) from marts.fct_conversions "
        "where conversion_type = 'enterprise_deal'",
    )[0][0]
    # One in twenty refuses consent.
    assert share > 0.8


# The stories stand on the whole demo: tests/demo


def test_micro_conversions_precede_macro_ones(demo):
    found = rows(
        demo,
        """
        select micro_type, count(distinct macro.conversion_key)
        from marts.fct_conversions as macro
        inner join (
            select person_id, converted_at, conversion_type as micro_type
            from marts.fct_conversions where conversion_class = 'micro'
        ) as micro
            on macro.person_id = micro.person_id and micro.converted_at < macro.converted_at
        where macro.conversion_class = 'macro'
        group by all
        """,
    )
    preceded = dict(found)
    assert preceded["product_view"] > 100
    assert preceded["content_download"] > 25
    assert preceded["newsletter_signup"] > 25
