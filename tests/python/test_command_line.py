"""The quiet mode of builds, for logs. What a build tells at its end: tests/package/test_data.py."""

import json
import subprocess
import sys

from conftest import ROOT

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
