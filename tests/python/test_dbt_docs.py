"""What dbt's documentation leaves in the database."""

from conftest import fetch

PUBLIC = "schema_name in ('marts', 'reports', 'audits') and table_name ~ '(fct|rpt|audit)_.*'"


def test_public_tables_and_columns_have_their_descriptions_as_comments(demo_db):
    tables = fetch(
        demo_db,
        f"""
        select table_name, comment from duckdb_tables() where {PUBLIC}
        union all
        select view_name, comment from duckdb_views()
        where {PUBLIC.replace("table_name", "view_name")}
        """,
    )
    columns = fetch(
        demo_db, f"select table_name, column_name, comment from duckdb_columns() where {PUBLIC}"
    )
    assert len(tables) > 40
    assert [row for row in tables + columns if not row["comment"]] == []
