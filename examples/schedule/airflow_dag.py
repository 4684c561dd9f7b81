"""A nightly run as an Airflow DAG, for a project at /opt/assisted-conversions on each worker.

Airflow tries again and alerts by itself, so run.sh makes one attempt. Connections and secrets come
as environment variables of the workers, as profiles.yml names them.
"""

from datetime import timedelta

import pendulum
from airflow import DAG
from airflow.operators.bash import BashOperator

PROJECT = "/opt/assisted-conversions"

with DAG(
    dag_id="attribution",
    schedule="10 4 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    # Each run finds what has changed since the last one; two at once would be in each other's way.
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(hours=4),
        "email": ["data@example.com"],
        "email_on_failure": True,
    },
) as dag:
    freshness = BashOperator(
        task_id="freshness",
        bash_command=f"cd {PROJECT} && .venv/bin/dbt source freshness --target spark || true",
        env={"DBT_PROFILES_DIR": "."},
        append_env=True,
    )
    build = BashOperator(
        task_id="build",
        # The blank at the end keeps Airflow from reading the script as a template.
        bash_command=f"{PROJECT}/examples/schedule/run.sh ",
        env={"ATTRIBUTION_TARGET": "spark", "ATTRIBUTION_ATTEMPTS": "1"},
        append_env=True,
        # Code 75, an earlier run that is still going, is no failure.
        skip_on_exit_code=75,
    )
    freshness >> build
