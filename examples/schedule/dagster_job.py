"""A nightly run as a Dagster job, which tries again, and alerts where it fails in the end.

It needs `dagster` alone, in any environment, and the project on the same machine:

    dagster dev -f examples/schedule/dagster_job.py

`examples/dagster_assets.py` shows each model as an asset instead; that needs dbt beside Dagster.
"""

import os
import subprocess
from pathlib import Path

from dagster import (
    Definitions,
    Failure,
    RetryPolicy,
    ScheduleDefinition,
    failure_hook,
    job,
    op,
)

RUN = Path(__file__).with_name("run.sh")
STILL_GOING = 75


@op(retry_policy=RetryPolicy(max_retries=2, delay=300))
def build(context):
    """One attempt; a failure tells what dbt said last."""
    environment = {"ATTRIBUTION_TARGET": "spark", **os.environ, "ATTRIBUTION_ATTEMPTS": "1"}
    done = subprocess.run([str(RUN)], env=environment, capture_output=True, text=True)
    context.log.info(done.stdout)
    if done.returncode == STILL_GOING:
        context.log.warning("An earlier run is still going")
    elif done.returncode:
        raise Failure(f"run.sh ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr}")


@failure_hook
def alert(context):
    """Called once the last attempt has failed: put your own alert here."""
    context.log.error(f"Attribution failed: {context.op_exception}")


@job(hooks={alert})
def attribution():
    """The whole project."""
    build()


defs = Definitions(
    jobs=[attribution],
    schedules=[ScheduleDefinition(job=attribution, cron_schedule="10 4 * * *")],
)
