"""Personal data: where it stands, that it leaves with an erasure, and that it does not grow old."""

import gzip
import os
import shutil

import duckdb
import pytest
import yaml
from builds import dbt_command, parsed_project
from conftest import ROOT, fetch, write_csv
from databases import database_differences

LISTED = yaml.safe_load((ROOT / "dbt_project.yml").read_text())["models"]["assisted_conversions"][
    "+meta"
]["personal_columns"]
A_PERSON = """
    select person_id
    from marts.fct_conversions
    where path_length >= 3 and person_id in (
        select person_id
        from intermediate.int_identity_persons
        group by person_id
        having count(distinct split_part(identity_key, ':', 1)) = 3
    )
    order by path_length desc, person_id
    limit 1
"""


def columns_with(db_path, texts):
    """The text columns, as (table, column), in which one of the texts stands anywhere."""
    found = set()
    pattern = "|".join(text.replace(".", "[.]") for text in texts)
    with duckdb.connect(str(db_path), read_only=True) as connection:
        connection.execute("set threads = 1")
        tables = connection.execute(
            """
            select any_value(columns.schema_name), table_name, list(column_name)
            from duckdb_columns() as columns
            inner join duckdb_tables() as tables using (database_name, schema_name, table_name)
            where data_type like '%VARCHAR%' and not columns.internal
            group by columns.schema_name, table_name
            """
        ).fetchall()
        for schema, table, columns in tables:
            counts = ", ".join(
                f"count_if(regexp_matches(cast({column} as varchar), $1))" for column in columns
            )
            row = connection.execute(f"select {counts} from {schema}.{table}", [pattern])
            found |= {(table, name) for name, rows in zip(columns, row.fetchone()) if rows}
    return found


@pytest.fixture(scope="module")
def identities(demo_db):
    """What a person of the demo data is known by: keys without their type, and an address."""
    (person,) = fetch(demo_db, A_PERSON)
    keys = fetch(
        demo_db,
        "select identity_key from intermediate.int_identity_persons "
        f"where person_id = '{person['person_id']}'",
    )
    ids = dict(key["identity_key"].split(":", 1) for key in keys)
    conversions = demo_db.parent / "demo_data/conversions.parquet"
    ((address,),) = duckdb.execute(
        f"select any_value(email) from '{conversions}' "
        "where sha256(lower(trim(email))) = $1", [ids["email"]]
    ).fetchall()  # fmt: skip
    return ids | {"address": address.strip().lower()}


def test_every_column_that_holds_an_identity_is_listed(demo_db, identities):
    found = columns_with(demo_db, identities.values())
    assert {("fct_conversions", "person_id"), ("base_sessions_parsed", "visitor_key")} <= found
    listed = {name for names in LISTED.values() for name in names}
    offenders = [
        f"{table}.{column}"
        for table, column in found
        if not {column, f"{table}.{column}"} & listed and table != "channel_figures_as_reported"
    ]
    assert not offenders, "add them to personal_columns in dbt_project.yml"


@pytest.fixture(scope="module")
def erased(demo_db, identities, tmp_path_factory):
    """A run on the demo data after the person has asked to be erased, with all that it leaves."""
    folder = tmp_path_factory.mktemp("erased")
    shutil.copy(demo_db, folder / "attribution.duckdb")
    shutil.copytree(demo_db.parent / "demo_data", folder / "raw")
    requests = folder / "raw/erasure_requests.parquet"
    values = ", ".join(
        f"('{kind}', '{identities[name]}', null)"
        for kind, name in (("visitor", "visitor"), ("user", "user"), ("email", "address"))
    )
    duckdb.execute(
        f"copy (select * from '{requests}' union all from (values {values})) "
        f"to '{folder}/requests.parquet'"
    )
    shutil.move(folder / "requests.parquet", requests)
    result = dbt_command(
        "--log-level", "debug", "build", "--exclude-resource-type", "unit_test",
        "--exclude-resource-type", "test", "--project-dir", ROOT, "--profiles-dir", ROOT,
        "--target-path", folder / "target", "--log-path", folder / "logs",
        cwd=ROOT,
        env=os.environ | {
            "ATTRIBUTION_RAW_DIR": str(folder / "raw"),
            "ATTRIBUTION_DB": str(folder / "attribution.duckdb"),
            "ATTRIBUTION_TEMP_DIR": str(folder / "spilled"),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        },
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-6000:]
    return folder


def test_an_erased_identity_is_in_no_table(erased, identities):
    db_path = erased / "attribution.duckdb"
    stand_ins = [f"{name}: erased" for name in ("visitor", "user", "email")]
    assert ("base_sessions_parsed", "visitor_key") in columns_with(db_path, stand_ins)
    assert columns_with(db_path, identities.values()) == set()


def test_an_erased_identity_is_in_no_log_and_no_artefact_of_a_run(erased, identities):
    files = [path for name in ("target", "logs") for path in (erased / name).rglob("*")]
    files = [path for path in files if path.is_file()]
    assert {"manifest.json", "run_results.json", "dbt.log"} <= {path.name for path in files}
    offenders = {}
    for path in files:
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        held = [name for name, text in identities.items() if text.encode() in content]
        if held:
            offenders[str(path.relative_to(erased))] = held
    assert not offenders


def test_an_erasure_and_its_withdrawal_read_only_the_parts_that_hold_the_identity(tmp_path):
    sessions = [
        {
            "session_id": f"{visitor}-{day}",
            "visitor_id": visitor,
            "user_id": user,
            "started_at": day,
            "loaded_at": day,
        }
        for visitor, user, day in (
            ("a", "alice", "2025-01-10"),
            ("b", "bob", "2025-01-10"),
            ("b", "bob", "2025-01-11"),
            ("c", None, "2025-01-12"),
            ("a", None, "2025-01-13"),
        )
    ]
    of_nobody = {"id_type": "user", "id": "nobody"}
    # A value that cannot be read, and a link of a type that there is not.
    sessions[0]["ended_at"] = "alice"
    link = {"left_type": "cookie", "left_id": "alice", "right_type": "user", "right_id": "bob"}
    raw = {
        "sessions": sessions,
        "conversions": old_and_new()["conversions"],
        "identity_links": [link],
        "erasure_requests": [of_nobody],
    }
    asked = raw | {"erasure_requests": [of_nobody, {"id_type": "user", "id": "alice"}]}
    builds = parsed_project()
    read_again = []
    keys = []
    for tables in (raw, asked, asked, raw):
        raw_dir = write_csv(tmp_path / "raw", tables)
        only = ["--select", "+base_sessions_parsed", "+base_identity_links"]
        db_path = builds.build("asked", raw_dir, *only)
        is_erased = tables is asked
        assert (columns_with(db_path, ["alice"]) == set()) == is_erased
        parts = fetch(db_path, "select raw_part from staging.base_session_parts where is_changed")
        read_again.append(sorted(row["raw_part"] for row in parts))
        rows = fetch(db_path, "select * from staging.base_sessions_parsed order by session_id")
        keys.append([row["user_key"] for row in rows])
        builds.forget_changes("asked")
    assert read_again[1:] == [["2025-01-10"], [], ["2025-01-10"]]
    assert keys[0] == ["user:alice", None, "user:bob", "user:bob", None]
    assert keys[1][0].startswith("user: erased ")
    assert keys[1][1:] == keys[0][1:]
    assert keys[2:] == [keys[1], keys[0]]


def old_and_new():
    """Rows that grow too old one after another, all but one loaded on the same day."""
    sessions = [
        {
            "session_id": f"{visitor}-{day}",
            "visitor_id": visitor,
            "started_at": day,
            "loaded_at": loaded_at,
            "utm_source": "google",
            "utm_medium": "cpc",
        }
        for visitor, day, loaded_at in (
            ("a", "2025-01-10", "2025-06-01"),
            ("a", "2025-03-20", "2025-06-01"),
            ("a", "2025-05-20", "2025-06-01"),
            ("b", "2025-03-20", "2025-03-20"),
            ("c", "2025-05-20", "2025-06-01"),
        )
    ]
    conversions = [
        {
            "conversion_id": f"{visitor}-{day}",
            "visitor_id": visitor,
            "conversion_type": "purchase",
            "converted_at": day,
            "value": "10",
        }
        for visitor, day in (("a", "2025-03-21"), ("a", "2025-05-21"), ("b", "2025-03-21"))
    ]
    return {"sessions": sessions, "conversions": conversions}


@pytest.fixture(scope="module")
def aged(tmp_path_factory):
    """The database after two runs five weeks apart, and one of a first build on the second day."""
    raw_dir = write_csv(tmp_path_factory.mktemp("aged") / "raw", old_and_new())
    only = ["--select", "+fct_conversions"]
    early = {"retention_days": 90, "run_clock": "2025-06-01 06:00:00"}
    late = early | {"run_clock": "2025-07-06 06:00:00"}
    builds = parsed_project()
    db_path = builds.build("aged", raw_dir, *only, vars=early)
    first = fetch(db_path, "select session_id from staging.base_sessions_parsed order by all")
    builds.forget_changes("aged")
    builds.build("aged", raw_dir, *only, vars=late)
    fresh = builds.fresh(raw_dir, *only, vars=late)
    return first, db_path, fresh


def test_rows_older_than_retention_days_are_not_read(aged):
    first, _, _ = aged
    ids = [row["session_id"] for row in first]
    assert ids == ["a-2025-03-20", "a-2025-05-20", "b-2025-03-20", "c-2025-05-20"]


def test_rows_that_have_become_too_old_leave_every_table_as_in_a_full_refresh(aged):
    _, db_path, fresh = aged
    sessions = fetch(db_path, "select session_id from staging.base_sessions_parsed order by all")
    assert [row["session_id"] for row in sessions] == ["a-2025-05-20", "c-2025-05-20"]
    conversions = fetch(db_path, "select conversion_id, path_length from marts.fct_conversions")
    assert conversions == [{"conversion_id": "a-2025-05-21", "path_length": 1}]
    assert columns_with(db_path, ["a-2025-03", "b-2025-03"]) == set()
    differences = database_differences(db_path, fresh)
    assert not differences, "\n".join(differences)
