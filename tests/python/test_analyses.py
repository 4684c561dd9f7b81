"""The ready questions in analyses/: each compiles, runs on the demo, and answers."""

import os
import re

import pytest
from builds import dbt_command
from conftest import ROOT, fetch

QUESTIONS = sorted(path.stem for path in (ROOT / "analyses").glob("*.sql"))
# In the cut of the demo, hardly a channel is large enough for a week to stand out.
MAY_BE_EMPTY = {"weeks_in_which_a_channel_changed"}


@pytest.fixture(scope="module")
def compiled(demo_db, tmp_path_factory):
    """The folder of compiled questions; an empty database of the demo's name stands in for it."""
    folder = tmp_path_factory.mktemp("compiled")
    result = dbt_command(
        "--quiet", "compile", "--select", "path:analyses", "--no-introspect",
        "--no-populate-cache", "--project-dir", ROOT, "--profiles-dir", ROOT,
        "--target-path", folder / "target", "--log-path", folder / "logs",
        cwd=ROOT, env=os.environ | {"ATTRIBUTION_DB": str(folder / demo_db.name)},
    )  # fmt: skip
    assert result.returncode == 0, result.stdout + result.stderr
    return folder / "target/compiled/assisted_conversions/analyses"


def test_there_are_questions():
    assert len(QUESTIONS) >= 5


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_opens_with_what_it_asks_and_how_to_read_it(question):
    text = (ROOT / "analyses" / f"{question}.sql").read_text()
    assert text.startswith("-- Question")
    assert "\n-- Reading: " in text


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_has_an_answer(question, compiled, demo_db):
    rows = fetch(demo_db, (compiled / f"{question}.sql").read_text())
    assert rows or question in MAY_BE_EMPTY


def answer(compiled, demo_db, question):
    return fetch(demo_db, (compiled / f"{question}.sql").read_text())


def test_last_click_would_cut_what_opens_the_demo_s_purchases(compiled, demo_db):
    rows = answer(compiled, demo_db, "channels_that_last_click_would_cut")
    cut = {(row["conversion_group"], row["channel"]): row for row in rows}
    assert cut["enterprise_deal", "Audio"]["closes_per_100"] == 0
    assert cut["enterprise_deal", "Audio"]["assists_per_100"] > 25


def test_a_short_window_forgets_openers_first(compiled, demo_db):
    rows = answer(compiled, demo_db, "windows_of_7_against_90_days")
    kept = {
        row["channel"]: row["kept_share"]
        for row in rows
        if row["conversion_group"] == "demo_request"
    }
    assert kept["Organic Search"] < kept["Email"]


def test_models_disagree_on_moving_budget_from_opener_to_closer(compiled, demo_db):
    won = {
        row["attribution_model"]: row["conversions_won"]
        for row in answer(compiled, demo_db, "budget_moved_between_channels")
        if row["conversion_group"] == "purchase"
    }
    assert won["last_touch"] > 0 > won["first_touch"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_left_out_where_a_report_that_it_asks_is_switched_off(question):
    text = (ROOT / "analyses" / f"{question}.sql").read_text()
    reports = set(re.findall(r"ref\('assisted_conversions', '(\w+)'\)", text))
    assert reports == set(re.findall(r"is_switched_on\('(\w+)'\)", text))
