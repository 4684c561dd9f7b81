"""The ready-made scheduled job: when it tries again, which code it ends with, whom it tells."""

import fcntl
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import dagster
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEDULE = ROOT / "examples/schedule"

# Stands for dbt: notes its arguments, and ends with the next of the codes in a file.
DBT = """#!/usr/bin/env bash
echo "$*" >> calls
code=$(head -n 1 codes)
sed -i 1d codes
echo "dbt ends with $code"
exit "$code"
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "examples/schedule"
    folder.mkdir(parents=True)
    shutil.copy(SCHEDULE / "run.sh", folder)
    (tmp_path / "dbt").write_text(DBT)
    (tmp_path / "dbt").chmod(0o755)
    return tmp_path


def run(project, codes, **environment):
    """Runs the job; its exit code and what dbt was called with."""
    (project / "codes").write_text("".join(f"{code}\n" for code in codes))
    environment = {"ATTRIBUTION_RETRY_SECONDS": "0", "DBT": "./dbt", **environment}
    done = subprocess.run(
        [project / "examples/schedule/run.sh"], env=os.environ | environment, capture_output=True
    )
    calls = project / "calls"
    return done.returncode, calls.read_text().splitlines() if calls.exists() else []


BUILD = "--no-use-colors build --exclude-resource-type unit_test --target duckdb"
RETRY = "--no-use-colors retry --target duckdb"


@pytest.mark.parametrize(
    ("codes", "calls", "code"),
    [
        ([0], [BUILD], 0),
        ([1, 0], [BUILD, RETRY], 0),
        ([2, 0], [BUILD, BUILD], 0),
        ([2, 1, 0], [BUILD, BUILD, RETRY], 0),
        ([1, 1, 1], [BUILD, RETRY, RETRY], 1),
        ([2, 2, 2], [BUILD, BUILD, BUILD], 2),
    ],
)
def test_a_failed_run_is_tried_again_and_its_code_is_that_of_dbt(project, codes, calls, code):
    assert run(project, codes) == (code, calls)


def test_only_a_run_that_fails_in_the_end_alerts_with_the_end_of_its_log(project):
    alert = {"ATTRIBUTION_ALERT": "cat > alert"}
    assert run(project, [1, 0], **alert)[0] == 0
    assert not (project / "alert").exists()
    assert run(project, [1, 1], ATTRIBUTION_ATTEMPTS="2", **alert)[0] == 1
    assert (project / "alert").read_text() == "dbt ends with 1\n"


def test_a_run_beside_one_that_is_still_going_does_nothing(project):
    (project / "logs").mkdir()
    with open(project / "logs/run.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run(project, [0]) == (75, [])


def test_the_target_is_that_of_the_environment(project):
    _, calls = run(project, [0], ATTRIBUTION_TARGET="spark")
    assert calls[0].endswith("--target spark")


def test_the_airflow_definition_is_python():
    path = SCHEDULE / "airflow_dag.py"
    compile(path.read_text(), path, "exec")


def test_the_dagster_job_imports_runs_and_fails_as_the_script_does(project, monkeypatch):
    spec = importlib.util.spec_from_file_location("dagster_job", SCHEDULE / "dagster_job.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert [job.name for job in module.defs.resolve_all_job_defs()] == ["attribution"]
    assert [schedule.cron_schedule for schedule in module.defs.schedules] == ["10 4 * * *"]

    monkeypatch.setattr(module, "RUN", project / "examples/schedule/run.sh")
    monkeypatch.setenv("DBT", "./dbt")
    for code, is_success in [(0, True), (1, False)]:
        (project / "codes").write_text(f"{code}\n")
        context = dagster.build_op_context()
        if is_success:
            module.build(context)
        else:
            with pytest.raises(dagster.Failure, match="dbt ends with 1"):
                module.build(context)
