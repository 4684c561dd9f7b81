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

BEFORE_REPORTS = ["--select", "+path:models/marts", "+audit_restatements"]


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    return builds_in(tmp_path_factory.mktemp("stories"))


@pytest.fixture(scope="module")
def steps(builds):
    """A copy of the database after each run, by what the run found. The last runs are of rules: the
    stories read of them what is before the reports."""
    raw, raw_dir, copies = start(), builds.folder / "raw", {}

    def run(step, *selection):
        db_path = builds.build("current", write_csv(raw_dir, raw), *selection)
        if selection:
            builds.forget_changes("current")
        copies[step] = copied(db_path, builds.db_path(step))

    run("start")
    change_rows(raw)
    run("rows")
    raw["sessions"] += [dict(row) for row in raw["sessions"][:5]]
    raw["conversions"] += [dict(row) for row in raw["conversions"][:2]] * 2
    run("duplicates")
    raw["exchange_rates"].append(
        {"rate_date": "2025-06-01", "currency_code": "GBP", "rate": "1.50"}
    )
    raw["ad_clicks"].append(
        {"parameter": "gclid", "click_id": "Late", "utm_campaign": "Brand", "utm_content": "ad 7"}
    )
    run("rates", *BEFORE_REPORTS)
    builds.edit_seeds(
        {"conversion_types": [{"conversion_type": "purchase", "lookback_days": "30"}]}
    )
    run("lookback", *BEFORE_REPORTS)
    run("nothing", *BEFORE_REPORTS)
    builds.edit_seeds({})
    return copies


def copied(db_path, new_path):
    new_path.parent.mkdir()
    return shutil.copy(db_path, new_path)


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


def test_a_login_that_arrives_late_takes_anonymous_sessions_with_it(steps):
    """The session of June 5 was bob's until a login of alice on June 6 was loaded."""
    alice, bob = ("user:shared-alice", "user:shared-bob")
    assert conversion(steps["start"], "web:shared-alice") == (alice, "Email > Paid Search")
    assert conversion(steps["start"], "web:shared-bob") == (bob, "Paid Social > Paid Search")
    path = "Email > Paid Search > Paid Social > Direct"
    assert conversion(steps["rows"], "web:shared-alice") == (alice, path)
    assert conversion(steps["rows"], "web:shared-bob") == (bob, "Paid Search")


def test_nobody_inherits_an_erased_person_on_a_shared_device(steps):
    path = "Paid Social > Paid Search"
    for step in ("start", "rows"):
        assert conversion(steps[step], "web:gone-bob") == ("user:gone-bob", path)
    assert touch_person(steps["start"], "gone-1") == ["user:gone-alice"]
    for session_id in ("gone-1", "gone-2"):
        assert touch_person(steps["rows"], session_id) == []


def test_erasure_leaves_a_person_the_rows_with_other_keys(steps):
    person = "email:" + hashlib.sha256(b"split@x.com").hexdigest()
    path = "Email > Paid Social > Paid Search"
    assert conversion(steps["start"], "web:split") == (person, path)
    assert conversion(steps["rows"], "web:split") == ("visitor:split-a", "Email > Paid Search")
    assert touch_person(steps["rows"], "split-1") == ["visitor:split-a"]
    assert touch_person(steps["rows"], "split-2") == []


def test_a_stage_of_the_past_is_found(steps):
    stages = "select lead_entered_at from intermediate.int_conversion_stages where conversion_key"
    for key, step, day in [("moved-a", "start", 5), ("moved-a", "rows", 1), ("merged", "rows", 5)]:
        rows = fetch(steps[step], f"{stages} = 'web:{key}'")
        assert rows == [{"lead_entered_at": datetime(2025, 6, day)}]


def test_duplicate_raw_rows_change_only_the_row_counts(steps):
    found = database_differences(steps["duplicates"], steps["rows"])
    # The share of rejected rows is one of raw rows, so repeated ones count there too.
    counting = ("audits.audit_row_counts", "audits.audit_tracking_quality")
    assert all(line.startswith(counting) for line in found), "\n".join(found)
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


def test_what_an_ad_platform_tells_later_reaches_old_sessions(steps):
    touch = """
        select medium, campaign, content, traffic_evidence
        from marts.fct_touchpoints
        where touchpoint_id = 'session:clicked'
    """
    for step, campaign, content in (("duplicates", None, None), ("rates", "brand", "ad 7")):
        assert [tuple(row.values()) for row in fetch(steps[step], touch)] == [
            ("cpc", campaign, content, "click_id")
        ]


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


# ---------------------------------------------------------------------------- what is marked


def changed(db_path, table, key):
    """The keys that are marked as changed since the last complete run."""
    rows = fetch(db_path, f"select {key} from {table} where is_changed order by 1")
    return [row[key] for row in rows]


def changed_persons(db_path):
    return changed(db_path, "intermediate.int_person_fingerprints", "person_id")


def changed_days(db_path):
    return [str(day) for day in changed(db_path, "staging.base_session_parts", "raw_part")]


def test_a_complete_run_forgets_what_has_changed(steps):
    for step in ("start", "rows", "duplicates"):
        assert changed_persons(steps[step]) == []
        assert changed_days(steps[step]) == []


def test_changes_of_a_run_that_stopped_stay_marked_until_a_complete_one(builds, steps):
    """A run of a part of the project, another one without new rows, then a complete one."""
    raw, raw_dir, name = start(), builds.folder / "marked_raw", "marked"
    copied(steps["start"], builds.db_path(name))
    raw["sessions"].append(
        {
            "session_id": "new",
            "visitor_id": "moved-a",
            "started_at": "2025-06-05",
            "loaded_at": "2025-12-05",
        }
    )
    write_csv(raw_dir, raw)
    for _ in range(2):
        builds.build(name, raw_dir, "--select", "+int_person_fingerprints")
        assert changed_days(builds.db_path(name)) == ["2025-12-05"]
        assert changed_persons(builds.db_path(name)) == ["visitor:moved-a"]
    builds.build(name, raw_dir)
    assert changed_persons(builds.db_path(name)) == []
    path = "Email > Paid Search > Direct"
    assert conversion(builds.db_path(name), "web:moved-a") == ("visitor:moved-a", path)


def test_other_rules_mark_every_person(builds, steps):
    """A setting, or a row of a seed that decides about everybody."""
    raw_dir, name = write_csv(builds.folder / "rules_raw", start()), "rules"
    copied(steps["start"], builds.db_path(name))
    persons = fetch(
        builds.db_path(name), "select count(*) as n from intermediate.int_person_fingerprints"
    )[0]["n"]
    assert persons >= 10
    builds.build(
        name, raw_dir, "--select", "+int_person_fingerprints", vars={"time_decay_half_life_days": 3}
    )
    assert len(changed_persons(builds.db_path(name))) == persons


def test_restatements_say_what_a_published_day_showed_before(steps):
    restated = fetch(steps["rows"], "from audits.audit_restatements")
    assert restated
    assert any(row["conversions_as_restated"] < row["conversions_as_reported"] for row in restated)
    assert all(
        any(
            row[f"{measure}_as_reported"] != row[f"{measure}_as_restated"]
            for measure in ("conversions", "assisted_conversions", "last_conversions", "last_value")
        )
        for row in restated
    )
    assert not fetch(steps["start"], "from audits.audit_restatements")
    assert fetch(steps["nothing"], "from audits.audit_restatements order by all") == fetch(
        steps["lookback"], "from audits.audit_restatements order by all"
    )


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
