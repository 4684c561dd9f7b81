"""What a build tells at its end, and the quiet mode for logs."""

import json
import subprocess
import sys

import pytest
from conftest import ROOT, build_or_fail, write_csv

SELECTION = ["--indirect-selection", "buildable", "--select"]


def conversion(number):
    return {
        "conversion_id": str(number), "visitor_id": "v", "conversion_type": "purchase",
        "converted_at": f"2025-06-{number:02}", "value": "10", "currency_code": "USD",
    }  # fmt: skip


def raw(conversions, session="v"):
    sessions = [
        {"session_id": f"s{day}", "visitor_id": session, "started_at": f"2025-06-0{day}",
         "utm_source": source, "utm_medium": "cpc"}
        for day, source in ((1, "facebook"), (2, "google"))
    ]  # fmt: skip
    return {"sessions": sessions, "conversions": conversions}


def told(output):
    """The closing lines, by their titles."""
    lines = [line.partition("  ")[2].strip() for line in output.splitlines()]
    lines = [line for line in lines if ": " in line and not line.startswith(("1 of", "Completed"))]
    return dict(line.split(": ", 1) for line in lines)


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """What three runs of one database print: a first one, one with another conversion, and one
    that builds staging alone."""
    folder = tmp_path_factory.mktemp("told")
    everything = [*SELECTION, "+fct_conversions", "+audit_row_counts", "+rpt_channel_assists"]
    printed = []
    for conversions, selection in (
        ([3], everything),
        ([3, 4], everything),
        ([3, 4, 5], [*SELECTION, "stg_conversions"]),
    ):
        rows = [conversion(number) for number in conversions]
        write_csv(folder / "raw", raw(rows))
        result = build_or_fail(folder / "raw", folder / "told.duckdb", *selection, quiet=False)
        printed.append(told(result.stdout))
    return printed


def test_a_build_ends_with_the_figures_of_the_tables_just_built(runs):
    assert runs[0]["Conversions"] == (
        "1 (all macro), worth 10 USD, from 2025-06-03 to 2025-06-03"
    )  # fmt: skip
    assert runs[0]["Assisted"] == "1 of them, 100 %"
    assert runs[0]["Most assists"] == "Paid Social 1"
    assert runs[0]["Most closes"] == "Paid Search 1"
    assert runs[0]["Raw rows"] == "3 read, 0 rejected"
    assert runs[0]["Warnings"] == "none"
    assert runs[0]["Where to look"].startswith("reports.rpt_channel_assists")


def test_it_tells_what_changed_since_the_run_before(runs):
    assert runs[0]["Since the last run"] == "this is the first one"
    (change,) = [text for title, text in runs[1].items() if title.startswith("Since run 1 ")]
    assert change.endswith("+1 conversions, +1 assisted")


def test_a_run_that_counts_no_conversions_anew_tells_nothing(runs):
    assert "Conversions" not in runs[2]
    assert "Where to look" not in runs[2]


def test_without_conversions_the_lines_say_so(tmp_path):
    raw_dir = write_csv(tmp_path / "raw", raw([conversion(3) | {"status": "cancelled"}]))
    selection = [*SELECTION, "+rpt_channel_assists"]
    result = build_or_fail(raw_dir, tmp_path / "none.duckdb", *selection, quiet=False)
    lines = told(result.stdout)
    assert lines["Conversions"] == "there are no macro conversions yet"
    assert "Most assists" not in lines


# A stand-in for dbt: it prints lines of dbt's log, sleeps where one is null, and exits with a code.
DBT = """
import json, sys, time
assert sys.argv[-3:] == ["--log-format", "json", "--no-use-colors"], sys.argv
for line in json.loads(sys.argv[1]):
    time.sleep(0.7) if line is None else print(line, flush=True)
sys.exit(int(sys.argv[2]))
"""


def event(name, msg="", level="info", **data):
    return json.dumps({"info": {"name": name, "msg": msg, "level": level}, "data": data})


def quietly(lines, code=0):
    result = subprocess.run(
        [
            sys.executable, ROOT / "scripts/build_quietly.py", "--seconds", "0.5", "--",
            sys.executable, "-c", DBT, json.dumps(lines), str(code),
        ],
        capture_output=True, text=True,
    )  # fmt: skip
    assert result.returncode == code, result.stderr
    return [line.partition("  ")[2] or line for line in result.stdout.splitlines()]


def test_quiet_mode_prints_how_far_the_run_is_at_each_interval():
    start = {"total": 9, "node_info": {"node_name": "fct_conversions"}}
    printed = quietly(
        [
            event("LogStartLine", "1 of 9 START sql table", index=1, **start),
            event("LogModelResult", "1 of 9 OK created", index=1, total=9),
            event("LogStartLine", "2 of 9 START sql table", index=2, **start),
            event("LogHookEndLine", "1 of 1 OK hook", index=1, total=1),
            None,
        ]
    )
    assert printed == ["0:00 1 of 9 done; running: fct_conversions"]


def test_quiet_mode_passes_on_warnings_errors_and_the_end_and_dbts_exit_code():
    printed = quietly(
        [
            event("MainReportVersion", "Running with dbt"),
            event("JinjaLogWarning", "a warning", level="warn"),
            event("LogModelResult", "2 of 9 ERROR creating", level="error", index=2, total=9),
            event("JinjaLogInfo", "Conversions: 5"),
            event("StatsLine", "Done. PASS=8"),
            "Traceback (most recent call last):",
            "[1, 2]",
        ],
        code=2,
    )
    assert printed == [
        "a warning", "2 of 9 ERROR creating", "Conversions: 5", "Done. PASS=8",
        "Traceback (most recent call last):", "[1, 2]",
    ]  # fmt: skip
