"""The copy of a built database that BI tools read."""

import os
import subprocess
import sys

import duckdb
import pytest
from conftest import ROOT


@pytest.fixture
def built(tmp_path):
    """A database as a run leaves it, in small: a schema prefix, a view on what is not public."""
    path = tmp_path / "built.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("""
            create schema staging;
            create table staging.stg_sessions as select 'a@example.org' as email;
            create schema acme_marts;
            create schema acme_reports;
            create table acme_marts.fct_conversions as select 1 as conversion_key;
            create view acme_reports."rpt one" as
            select count(*) as persons from staging.stg_sessions;
        """)
    return path


def publish(built, published):
    command = [sys.executable, ROOT / "scripts/publish.py", built, published]
    return subprocess.run(command, capture_output=True, text=True)


def tables(path):
    with duckdb.connect(str(path), read_only=True) as connection:
        return connection.execute(
            "select table_schema, table_name, table_type from information_schema.tables"
            " order by all"
        ).fetchall()


def test_public_schemas_are_copied_without_their_prefix_and_views_become_tables(built, tmp_path):
    published = tmp_path / "published/attribution.duckdb"
    result = publish(built, published)
    assert result.returncode == 0, result.stderr
    assert tables(published) == [
        ("marts", "fct_conversions", "BASE TABLE"),
        ("reports", "rpt one", "BASE TABLE"),
    ]
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute('select persons from reports."rpt one"').fetchall() == [(1,)]
        tags = connection.execute(
            "select tags['storage_version'] from duckdb_databases()"
            " where database_name = 'attribution'"
        ).fetchone()
    assert tags[0].startswith("v1.2.0")


def test_who_has_the_copy_open_keeps_it_and_opens_the_next_one(built, tmp_path):
    published = tmp_path / "attribution.duckdb"
    publish(built, published)
    with open(published, "rb") as reader:
        before = os.fstat(reader.fileno()).st_ino
        with duckdb.connect(str(built)) as connection:
            connection.execute("insert into acme_marts.fct_conversions values (2)")
        assert publish(built, published).returncode == 0
        assert os.fstat(reader.fileno()).st_ino == before != published.stat().st_ino
    with duckdb.connect(str(published), read_only=True) as connection:
        assert connection.execute("select count(*) from marts.fct_conversions").fetchone() == (2,)


def test_an_unchanged_database_is_not_published_again(built, tmp_path):
    published = tmp_path / "attribution.duckdb"
    publish(built, published)
    copy = published.stat().st_ino
    assert publish(built, published).stdout == ""
    assert published.stat().st_ino == copy


def test_another_database_is_published_even_if_it_is_older(built, tmp_path):
    published = tmp_path / "attribution.duckdb"
    other = tmp_path / "other.duckdb"
    with duckdb.connect(str(other)) as connection:
        connection.execute("create schema marts; create table marts.fct_other as select 1 as n")
    os.utime(other, (1, 1))
    publish(built, published)
    assert publish(other, published).returncode == 0
    assert tables(published) == [("marts", "fct_other", "BASE TABLE")]
    assert publish(other, published).stdout == ""


def test_two_at_once_publish_one_whole_copy(built, tmp_path):
    with duckdb.connect(str(built)) as connection:
        connection.execute(
            "create table acme_marts.fct_large as select random() as n from range(3000000)"
        )
    published = tmp_path / "attribution.duckdb"
    command = [sys.executable, ROOT / "scripts/publish.py", built, published]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert sorted(bool(output) for output, _ in said) == [False, True]
    with duckdb.connect(str(published), read_only=True) as connection:
        count = connection.execute("select count(*) from marts.fct_large").fetchone()
    assert count == (3_000_000,)


def test_a_place_that_cannot_be_written_is_named(built, tmp_path):
    (tmp_path / "file").touch()
    (tmp_path / "folder.duckdb").mkdir()
    for place in ("file/attribution.duckdb", "folder.duckdb"):
        result = publish(built, tmp_path / place)
        assert result.returncode == 1
        assert result.stderr.startswith(f"Not published: {tmp_path / place} can't be written:")
        assert "Traceback" not in result.stderr


def test_the_database_never_takes_its_own_place(built, tmp_path):
    before = tables(built)
    (tmp_path / "link").symlink_to(tmp_path)
    result = publish(built, tmp_path / "link/built.duckdb")
    assert result.returncode == 1
    assert "is the built database itself" in result.stderr
    assert tables(built) == before


def test_during_a_run_the_copy_stays_as_it_is(built, tmp_path):
    published = tmp_path / "attribution.duckdb"
    publish(built, published)
    copy = published.stat().st_ino
    with duckdb.connect(str(built)) as run:
        run.execute("insert into acme_marts.fct_conversions values (3)")
        run.execute("checkpoint")
        result = publish(built, published)
    assert result.returncode == 1
    assert "publish after it" in result.stderr
    assert published.stat().st_ino == copy
    assert sorted(tmp_path.glob("*.new")) == []


def test_a_database_without_public_tables_is_named(tmp_path):
    path = tmp_path / "empty.duckdb"
    duckdb.connect(str(path)).close()
    result = publish(path, tmp_path / "attribution.duckdb")
    assert result.returncode == 1
    assert "has no public tables yet: `make build` makes them" in result.stderr
