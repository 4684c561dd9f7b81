"""Raw tables in a Postgres that DuckDB attaches, on the older DuckDB that has the extension.

`make test-postgres` runs this in an environment of its own.
"""

from pathlib import Path

import duckdb
import pytest
from conftest import build_or_fail, fetch, write_csv
from postgres_server import OWNER, postgres_programs, running_postgres
from raw_files import text_table
from reference.inputs import TABLES
from worlds import draw_worlds, pack

scanner = pytest.importorskip(
    "duckdb_extension_postgres_scanner", reason="the tests of Postgres run by `make test-postgres`"
)
STAGING = ["--exclude-resource-type", "test", "--select", "+path:models/staging"]
PROFILE = """
assisted_conversions:
  target: postgres
  outputs:
    postgres:
      type: duckdb
      path: "{{{{ env_var('ATTRIBUTION_DB') }}}}"
      config_options:
        extension_directory: {host}/extensions
      extensions: [postgres]
      attach:
        - path: "host={host} dbname=postgres user={user}"
          type: postgres
          alias: shop
          read_only: true
"""


def connected(shop):
    return duckdb.connect(config={"extension_directory": f"{shop}/extensions"})


@pytest.fixture(scope="module")
def shop():
    """A server that listens on a socket in a folder of its own: the options of a profile for it."""
    programs = postgres_programs()
    if programs is None:
        pytest.skip("Postgres is not installed")
    with running_postgres(programs) as folder:
        (extension,) = Path(scanner.__file__).parent.rglob("*.duckdb_extension")
        with connected(folder) as connection:
            connection.execute(f"install '{extension}'")
        (folder / "profiles.yml").write_text(PROFILE.format(host=folder, user=OWNER))
        yield folder


def in_postgres(shop, *statements):
    with connected(shop) as connection:
        connection.execute("load postgres")
        connection.execute(
            f"attach 'host={shop} dbname=postgres user={OWNER}' as shop (type postgres)"
        )
        for statement in statements:
            connection.execute(statement)


def staged(db_path):
    return {
        table: sorted(map(repr, fetch(db_path, f"from staging.stg_{table}"))) for table in TABLES
    }


def test_tables_of_postgres_agree_with_files(shop, tmp_path):
    raw = pack(draw_worlds(15, seed=78))
    for rows in raw.values():
        # Postgres takes no zero bytes, and no text that is not UTF-8; the worlds have neither.
        assert "\0" not in repr(rows)
    with connected(shop) as connection:
        connection.execute("load postgres")
        connection.execute(
            f"attach 'host={shop} dbname=postgres user={OWNER}' as shop (type postgres)"
        )
        connection.execute("create schema shop.landing")
        for table in TABLES:
            connection.register("rows", text_table(raw.get(table, []), TABLES[table]))
            connection.execute(f"create table shop.landing.{table} as from rows")
    variables = {"raw_location": "tables", "raw_database": "shop", "raw_schema": "landing"}
    from_tables, from_files = tmp_path / "tables.duckdb", tmp_path / "files.duckdb"
    profile = ["--profiles-dir", str(shop)]
    build_or_fail(tmp_path / "nowhere", from_tables, *STAGING, *profile, vars=variables)
    build_or_fail(write_csv(tmp_path / "raw", raw), from_files, *STAGING)
    due = staged(from_files)
    assert due["sessions"]
    assert staged(from_tables) == due


def test_types_of_postgres_are_read(shop, tmp_path):
    in_postgres(
        shop,
        """call postgres_execute('shop', '
            create schema typed;
            create table typed.sessions (
                "Session_ID" uuid, visitor_id bytea, started_at timestamptz, loaded_at bigint,
                engaged_seconds numeric, is_bot boolean, extra jsonb, tags text[]
            );
            insert into typed.sessions values (
                ''550e8400-e29b-41d4-a716-446655440000'',
                ''\\x660e8400e29b41d4a716446655440000'', ''2026-05-01 12:00:00+02'', 1777639200,
                12.5, true, ''{"a": [1]}'', ''{x}''
            );
            create table typed.conversions (
                conversion_id bigint, visitor_id bytea, conversion_type varchar, converted_at date,
                value money
            );
            insert into typed.conversions values (
                1, ''\\x660e8400e29b41d4a716446655440000'', ''purchase'', ''2026-05-02'', null
            )
        ')""",
    )
    variables = {"raw_location": "tables", "raw_database": "shop", "raw_schema": "typed"}
    db_path = tmp_path / "typed.duckdb"
    profile = ["--profiles-dir", str(shop)]
    build_or_fail(tmp_path / "nowhere", db_path, *STAGING, *profile, vars=variables)
    query = """
        select session_id, visitor_key, started_at::text as started_at, engaged_seconds, is_bot,
            loaded_at::text as loaded_at
        from staging.stg_sessions
    """
    assert fetch(db_path, query) == [
        {
            "session_id": "550e8400-e29b-41d4-a716-446655440000",
            "visitor_key": "visitor:660e8400-e29b-41d4-a716-446655440000",
            "started_at": "2026-05-01 10:00:00",
            "engaged_seconds": 12.5,
            "is_bot": True,
            "loaded_at": "2026-05-01 12:40:00",
        }
    ]
    query = "select visitor_key, converted_at::text as converted_at from staging.stg_conversions"
    assert fetch(db_path, query) == [
        {
            "visitor_key": "visitor:660e8400-e29b-41d4-a716-446655440000",
            "converted_at": "2026-05-02 23:59:59.999999",
        }
    ]
