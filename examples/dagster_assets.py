"""The project as Dagster assets, one per model, with a nightly schedule.

An example, outside the project's dependencies: pip install dagster dagster-dbt, then
`dagster dev -f examples/dagster_assets.py` from the project's folder.
"""

from pathlib import Path

from dagster import Definitions, ScheduleDefinition, define_asset_job
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

PROJECT = DbtProject(project_dir=Path(__file__).resolve().parents[1])
PROJECT.prepare_if_dev()


@dbt_assets(manifest=PROJECT.manifest_path, exclude="resource_type:unit_test")
def attribution(context, dbt: DbtCliResource):
    """One run of dbt: it finds by itself what has changed."""
    yield from dbt.cli(["build"], context=context).stream()


nightly = define_asset_job("nightly", selection=[attribution])

defs = Definitions(
    assets=[attribution],
    jobs=[nightly],
    schedules=[ScheduleDefinition(job=nightly, cron_schedule="10 4 * * *")],
    resources={"dbt": DbtCliResource(project_dir=PROJECT)},
)
