"""The project as Dagster assets, one per model, with a nightly schedule.

Dagster is not a dependency of the project. Run this in the project's folder, after `make setup`:

    .venv/bin/pip install dagster dagster-dbt
    DBT_PROFILES_DIR=. .venv/bin/dbt parse    # after every change to the project
    .venv/bin/dagster dev -f examples/dagster_assets.py
"""

import sys
from pathlib import Path

from dagster import Definitions, ScheduleDefinition, define_asset_job
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

PROJECT = DbtProject(project_dir=Path(__file__).resolve().parents[1])
DBT = Path(sys.executable).with_name("dbt")


@dbt_assets(manifest=PROJECT.manifest_path, exclude="resource_type:unit_test")
def attribution(context, dbt: DbtCliResource):
    """One `dbt build`, which finds out by itself what has changed."""
    yield from dbt.cli(["build"], context=context).stream()


nightly = define_asset_job("nightly", selection=[attribution])

defs = Definitions(
    assets=[attribution],
    jobs=[nightly],
    schedules=[ScheduleDefinition(job=nightly, cron_schedule="10 4 * * *")],
    resources={"dbt": DbtCliResource(project_dir=PROJECT, dbt_executable=str(DBT))},
)
