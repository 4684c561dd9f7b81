"""What a change of raw rows or rules does to tables that were built before, in known numbers.

All stories share one raw folder and one database, built run by run. The last tests show that the
comparison of databases, on which the histories rest, sees a difference.
"""

import hashlib
import shutil
from datetime import datetime

import duckdb
import pytest
from builds import builds_in
from conftest import fetch, write_csv
from databases import PUBLIC_SCHEMAS, database_differences, public_tables, stored_tables
from stories import change_rows, start


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    with builds_in(tmp_path_factory.mktemp("stories")) as builds:
        yield builds


@pytest.fixture(scope="module")
def steps(builds):
    """A copy of the database after each run, by what the run found."""
    raw, raw_dir, copies = start(), builds.folder / "raw", {}

    def run(step):
        builds.build("current", write_csv(raw_dir, raw))
        copies[step] = builds.db_path(step)
        copies[step].parent.mkdir()
        shutil.copy(builds.db_path("current"), copies[step])

    run("start")
    change_rows(raw)
    run("rows")
    raw["sessions"] += [dict(row) for row in raw["sessions"][:5]]
    raw["conversions"] += [dict(row) for row in raw["conversions"][:2]] * 2
    run("duplicates")
    raw["exchange_rates"].append(
        {"rate_date": "2025-06-01", "currency_code": "GBP", "rate": "1.50"}
    )
    run("rates")
    builds.edit_seeds(
        {"conversion_types": [{"conversion_type": "purchase", "lookback_days": "30"}]}
    )
    run("lookback")
    run("nothing")
    return copies


def conversion(db_path, key):
    """The person and the path of a conversion, or nothing."""
    rows = fetch(
        db_path,
        f"select person_id, path from marts.fct_conversions where conversion_key = '{key}'",
    )
    return tuple(rows[0].values()) if rows else None


def touch_person(db_path, session_id):
    rows = fetch(
        db_path,
        f"select person_id from marts.fct_touchpoints where touchpoint_id = 'session:{session_id}'",
    )
    return [row["person_id"] for row in rows]


# ---------------------------------------------------------------------------- rows change


def test_late_crm_conversion_finds_old_touches(steps):
    assert conversion(steps["start"], "crm:late") is None
    assert conversion(steps["rows"], "crm:late") == ("user:late", "Email > Paid Search")


def test_a_session_moved_to_another_person_leaves_no_orphan_touch(steps):
    assert conversion(steps["start"], "web:moved-a") == ("visitor:moved-a", "Email > Paid Search")
    assert conversion(steps["start"], "web:moved-b") == ("visitor:moved-b", None)
    assert conversion(steps["rows"], "web:moved-a") == ("visitor:moved-a", "Paid Search")
    assert conversion(steps["rows"], "web:moved-b") == ("visitor:moved-b", "Email")
    assert touch_person(steps["rows"], "moved-1") == ["visitor:moved-b"]
    touches = fetch(
        steps["rows"],
        """
        select conversions.person_id as converted, touchpoints.person_id as touched
        from marts.fct_conversion_touches as touches
        left join marts.fct_conversions as conversions using (conversion_key)
        left join marts.fct_touchpoints as touchpoints using (touchpoint_id)
        """,
    )
    assert touches
    assert all(row["converted"] == row["touched"] for row in touches)


def test_cancelled_order_leaves_all_facts(steps):
    key = "web:cancelled"
    assert conversion(steps["start"], key) == ("visitor:cancelled", "Email > Paid Search")
    assert set(tables_with(steps["start"], key)) > {
        "marts.fct_conversions",
        "marts.fct_conversion_touches",
        "marts.fct_assisted_conversions",
        "marts.fct_attribution_credits",
    }
    assert tables_with(steps["rows"], key) == ["audits.audit_excluded_conversions"]
    excluded = "select reason from audits.audit_excluded_conversions where conversion_key"
    assert fetch(steps["rows"], f"{excluded} = '{key}'") == [{"reason": "cancelled"}]


def tables_with(db_path, conversion_key):
    """The public tables that know of a conversion."""
    with duckdb.connect(str(db_path), read_only=True) as connection:
        return [
            table
            for table, columns in public_tables(connection).items()
            if "conversion_key" in columns
            and connection.execute(
                f"select true from {table} where conversion_key = ? limit 1", [conversion_key]
            ).fetchall()
        ]


def test_merge_of_two_persons_joins_their_paths(steps):
    assert conversion(steps["start"], "web:merged") == ("visitor:merged-b", "Paid Search")
    expected = ("visitor:merged-a", "Email > Paid Search")
    assert conversion(steps["rows"], "web:merged") == expected


def test_erasure_splits_a_person(steps):
    person = "email:" + hashlib.sha256(b"split@x.com").hexdigest()
    path = "Email > Paid Social > Paid Search"
    assert conversion(steps["start"], "web:split") == (person, path)
    assert conversion(steps["rows"], "web:split") == ("visitor:split-b", "Paid Search")
    assert touch_person(steps["rows"], "split-1") == ["visitor:split-a"]
    assert touch_person(steps["rows"], "split-2") == []


def test_a_stage_of_the_past_is_found(steps):
    stages = "select lead_entered_at from intermediate.int_conversion_stages where conversion_key"
    for key, step, day in [("moved-a", "start", 5), ("moved-a", "rows", 1), ("merged", "rows", 5)]:
        rows = fetch(steps[step], f"{stages} = 'web:{key}'")
        assert rows == [{"lead_entered_at": datetime(2025, 6, day)}]


def test_duplicate_raw_rows_change_only_the_row_counts(steps):
    found = database_differences(steps["duplicates"], steps["rows"])
    assert all(line.startswith("audits.audit_row_counts") for line in found), "\n".join(found)
    counts = "select table_name, rows_read, rows_removed_as_duplicates from audits.audit_row_counts"
    before, after = (
        {row.pop("table_name"): row for row in fetch(steps[step], counts)}
        for step in ("rows", "duplicates")
    )
    added = {
        table: [after[table][column] - before[table][column] for column in after[table]]
        for table in after
        if after[table] != before[table]
    }
    assert added == {"sessions": [5, 5], "conversions": [4, 4]}


# ---------------------------------------------------------------------------- rules change


def test_an_exchange_rate_of_the_past_restates_values(steps):
    for step, value in (("duplicates", 120), ("rates", 150)):
        values = fetch(
            steps[step],
            """
            select
                conversion_key,
                conversion_value,
                sum(credited_value) as last_touch_value
            from marts.fct_conversions
            inner join marts.fct_attribution_credits using (conversion_key)
            where conversion_key like 'web:rate-%' and attribution_model = 'last_touch'
            group by all
            order by conversion_key desc
            """,
        )
        assert [tuple(row.values()) for row in values] == [
            ("web:rate-old", 120, 120),
            ("web:rate-new", value, value),
        ]


def test_lookback_seed_change_rebuilds_paths(steps):
    assert conversion(steps["rates"], "web:window") == ("visitor:window", "Email > Paid Search")
    assert conversion(steps["lookback"], "web:window") == ("visitor:window", "Paid Search")
    days = "select distinct lookback_days from marts.fct_conversions where conversion_type"
    assert fetch(steps["lookback"], f"{days} = 'purchase'") == [{"lookback_days": 30}]
    assert fetch(steps["lookback"], f"{days} = 'enterprise_deal'") == [{"lookback_days": 180}]
    # The deal's own window reaches as far as before.
    assert conversion(steps["lookback"], "crm:late") == ("user:late", "Email > Paid Search")


# ---------------------------------------------------------------------------- nothing new


def places(db_path):
    """Where in the file each public table is stored: a table that is written anew moves."""
    with duckdb.connect(str(db_path), read_only=True) as connection:
        return {
            table: connection.execute(
                "select column_name, row_group_id, segment_id, block_id, block_offset"
                f" from pragma_storage_info('{table}') order by all"
            ).fetchall()
            for table in stored_tables(connection)
        }


def test_a_run_with_nothing_new_leaves_every_table_untouched(steps):
    before, after = places(steps["lookback"]), places(steps["nothing"])
    assert before
    assert not [table for table in before if before[table] != after.get(table)]


def changed_models(db_path):
    """How the last run changed which models: `described`, a part of it, or `replaced`."""
    steps = fetch(
        db_path,
        """
        select node, kind from run_log.steps
        where run_number = (select max(run_number) from run_log.runs) and version = run_number
        """,
    )
    return {step["node"].split(".")[-1]: step["kind"] for step in steps}


REBUILT_IN_PART = {
    "base_sessions", "stg_sessions", "base_conversions_priced", "stg_conversions",
    "base_crm_stages", "int_person_conversions", "int_conversions_judged", "int_conversions",
    "int_conversion_stages", "audit_excluded_conversions",
    "int_touchpoints", "int_path_candidates",
    "fct_conversion_touches", "fct_conversions", "fct_assisted_conversions",
    "fct_channel_performance_daily", "int_journey_summaries",
}  # fmt: skip


def test_changed_rows_rebuild_facts_in_part_and_changed_rules_in_full(steps):
    assert changed_models(steps["start"]).keys() > REBUILT_IN_PART
    changed = changed_models(steps["rows"])
    assert {model: changed[model] for model in REBUILT_IN_PART} == dict.fromkeys(
        REBUILT_IN_PART, "described"
    )
    assert "fct_conversion_touches" not in changed_models(steps["duplicates"])
    # A rate of the past touches the days of its conversions alone.
    rates = changed_models(steps["rates"])
    assert {rates[model] for model in ("base_conversions_priced", "int_conversions")} == {
        "described"
    }


def test_restatements_say_what_a_published_day_showed_before(steps):
    restated = fetch(
        steps["rows"],
        """
        select
            channel, cause, conversions_as_reported, conversions_as_restated,
            last_value_as_reported - last_value_as_restated as value_lost
        from audits.audit_restatements
        """,
    )
    assert restated
    assert {row["cause"] for row in restated} <= {"conversions", "touches"}
    assert any(row["conversions_as_restated"] < row["conversions_as_reported"] for row in restated)
    assert not fetch(steps["start"], "from audits.audit_restatements")


# ---------------------------------------------------------------------------- the proof itself


@pytest.fixture
def spoilt(steps, tmp_path):
    """A database to spoil; views know it by its file's name."""
    return shutil.copy(steps["rows"], tmp_path / "attribution.duckdb")


def test_a_stale_table_is_found(steps, spoilt):
    """Each table in turn is left as it was before the second run."""
    old, new = steps["start"], steps["rows"]
    changed = {line.split(":")[0].split(" ")[0] for line in database_differences(old, new)}
    assert {table.partition(".")[0] for table in changed} == set(PUBLIC_SCHEMAS)
    with duckdb.connect(str(new), read_only=True) as connection:
        tables = sorted(changed & set(stored_tables(connection)))
    for table in tables:
        shutil.copy(new, spoilt)
        with duckdb.connect(str(spoilt)) as connection:
            connection.execute(f"attach '{old}' as old (read_only)")
            connection.execute(f"create or replace table {table} as from old.{table}")
        found = "\n".join(database_differences(spoilt, new, only=[table]))
        assert f"{table}: " in found


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("delete from {table} where conversion_key = {key}", ["1 more rows due, 0 more found"]),
        ("insert into {table} from {table} where conversion_key = {key}", ["1 rows are not due"]),
        (
            "update {table} set days_to_conversion = 1e-6 + days_to_conversion"
            " where conversion_key = {key}",
            ["days_to_conversion: due"],
        ),
        (
            "update {table} set converted_at = converted_at + interval 1 microsecond"
            " where conversion_key = {key}",
            ["converted_at: due"],
        ),
        ("alter table {table} drop column path", ["columns due"]),
        ("drop table {table}", ["found None"]),
    ],
    ids=["lost", "doubled", "double", "timestamp", "column", "table"],
)
def test_a_small_change_is_found(steps, spoilt, change, words):
    table = "marts.fct_conversions"
    with duckdb.connect(str(spoilt)) as connection:
        key = connection.execute(
            f"select min(conversion_key) from {table} where days_to_conversion > 0"
        ).fetchall()[0][0]
        connection.execute(change.format(table=table, key=f"'{key}'"))
    found = "\n".join(database_differences(spoilt, steps["rows"], only=[table]))
    assert table in found
    assert all(word in found for word in words)
