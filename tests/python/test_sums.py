"""Sums to the last digit at a size at which sums of doubles drift: 104,071 conversions of 100."""

import duckdb
import pytest
from builds import builds_in
from conftest import fetch

CONVERSIONS = 104_071
TYPES = [f"type_{number}" for number in range(1, 21)]


def write_world(folder):
    """Paths of one to five touches in six channels, over 52 weeks, of 20 types."""
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            create table purchases as
            select
                i as id,
                timestamp '2025-01-06'
                + to_minutes(cast(i * 52.0 * 10080 / {CONVERSIONS} as bigint)) as converted_at,
                1 + hash(i) % 5 as touches
            from range({CONVERSIONS}) as numbers(i);
            copy (
                select
                    id || '-' || n as session_id,
                    'v' || id as visitor_id,
                    converted_at - to_hours(n) as started_at,
                    60 as engaged_seconds,
                    ['google', 'bing', 'news', 'fb', 'ads', 'x'][kind] as utm_source,
                    ['cpc', 'organic', 'email', 'paid_social', 'display', 'sms'][kind] as utm_medium
                from (
                    select *, cast(1 + hash(id, n) % 6 as bigint) as kind
                    from purchases, range(1, 6) as numbers(n)
                )
                where n <= touches
            ) to '{folder}/sessions.parquet';
            copy (
                select
                    'c' || id as conversion_id,
                    'v' || id as visitor_id,
                    {TYPES}[1 + id % {len(TYPES)}] as conversion_type,
                    converted_at,
                    100 as value
                from purchases
            ) to '{folder}/conversions.parquet';
            """
        )
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """All data tests run too: credited_values_add_up_exactly, channel_costs_reconcile."""
    builds = builds_in(tmp_path_factory.mktemp("sums"))
    rules = {"conversion_class": "macro", "lookback_days": "90", "dedupe_minutes": "0",
             "owner": "sales", "description": "A sale", "version": "1"}  # fmt: skip
    types = [rules | {"conversion_type": name} for name in TYPES]
    builds.edit_seeds({"conversion_types": types})
    db_path = builds.folder / "attribution.duckdb"
    code, said = builds.run_into(db_path, write_world(builds.folder / "raw"))
    assert code == 0, said[-6000:]
    return db_path


@pytest.mark.parametrize(
    "table",
    [
        "(select attribution_model, sum(credited_value) as value from marts.fct_attribution_credits"
        " group by all)",
        "(select attribution_model, sum(credited_value) as value from reports.rpt_channel_costs"
        " where conversion_group = '(all macro)' and period = '(all)' group by all)",
        "(select attribution_model, sum(credited_value) as value from reports.rpt_model_comparison"
        " where conversion_group = '(all macro)' and attribution_model not in"
        " ('markov', 'shapley', 'shapley_rate') group by all)",
    ],
)
def test_every_model_of_single_touches_adds_up_to_the_last_digit(built, table):
    rows = fetch(built, f"select * from {table}")
    assert len(rows) >= 12
    assert {row["attribution_model"]: row["value"] for row in rows} == {
        row["attribution_model"]: CONVERSIONS * 100 for row in rows
    }
