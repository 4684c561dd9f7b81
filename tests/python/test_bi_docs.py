"""docs/bi.md: its SQL gives what the reports say, and its tables name every public table."""

import math
import re

import pytest
from conftest import ROOT, fetch

PAGE = (ROOT / "docs/bi.md").read_text()
# By their first line, which says what they ask.
QUERIES = {
    query.splitlines()[0].removeprefix("-- "): query
    for query in re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
}
OF_MACRO = "conversion_group = '(all macro)' and channel not in ('(total)', '(unattributed)')"
EXPECTED = {
    "Assists and closes by channel, between two days": f"""
        select
            channel, assisted_conversions, last_conversions, assisted_value, last_value,
            assist_to_last_ratio
        from reports.rpt_channel_assists_by_month
        where {OF_MACRO} and conversion_month = '2026-05' and conversions > 0
    """,
    "Assisted conversions of all channels together": """
        select assisted_conversions, last_conversions
        from reports.rpt_channel_assists_by_month
        where
            conversion_group = '(all macro)' and channel = '(total)'
            and conversion_month = '2026-05'
    """,
    "Value of the conversions that any channel assisted": """
        select assisted_value
        from reports.rpt_channel_assists
        where conversion_group = '(all macro)' and channel = '(total)'
    """,
    "Assists by channel and device": f"""
        select segment_value as device_type, channel, assisted_conversions, last_conversions
        from reports.rpt_segments
        where {OF_MACRO} and segment = 'device_type'
    """,
    "Credits of a model by channel, with the unattributed": """
        select channel, credit, credited_value
        from reports.rpt_model_comparison
        where conversion_group = 'purchase' and attribution_model = 'position_based'
    """,
    "Cost per assisted conversion": f"""
        select channel, cost, cost_per_assisted_conversion
        from reports.rpt_channel_assists
        where {OF_MACRO} and cost is not null
    """,
    "Assist rate by channel": f"""
        select channel, assist_rate
        from reports.rpt_channel_assists
        where {OF_MACRO} and conversions > 0
    """,
}


def sorted_rows(rows):
    """Texts as they are, numbers as doubles."""
    plain = [
        {
            name: value if value is None or isinstance(value, str) else float(value)
            for name, value in row.items()
        }
        for row in rows
    ]
    return sorted(plain, key=lambda row: [str(value) for value in row.values()])


def is_same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def test_each_query_has_an_expected_result():
    assert QUERIES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("question", EXPECTED)
def test_a_query_gives_what_the_report_says(question, demo_db):
    found = sorted_rows(fetch(demo_db, QUERIES[question]))
    expected = sorted_rows(fetch(demo_db, EXPECTED[question]))
    assert expected
    assert len(found) == len(expected)
    for one, other in zip(found, expected):
        assert one.keys() == other.keys()
        assert all(is_same(one[name], other[name]) for name in one), (one, other)


def test_summing_assists_over_channels_counts_conversions_twice(demo_db):
    """The trap that the page warns of is in the demo, so that the queries above avoid something."""
    (row,) = fetch(
        demo_db,
        f"""
        select
            sum(assisted_conversions) filter ({OF_MACRO}) as summed,
            sum(assisted_conversions) filter (
                conversion_group = '(all macro)' and channel = '(total)'
            ) as counted
        from reports.rpt_channel_assists
        """,
    )
    assert row["summed"] > 1.2 * row["counted"]


def test_every_public_table_has_a_row():
    named = {
        name
        for line in PAGE.splitlines()
        if line.startswith("| ")
        for name in re.findall(r"\b(?:fct|rpt|audit)_\w+", line.split("|")[1])
    }
    public = {
        path.stem
        for room in ("marts", "reports", "audits")
        for path in (ROOT / "models" / room).glob("*.sql")
    }
    older_versions = {"audit_runs_v1"}
    assert named == public - older_versions
