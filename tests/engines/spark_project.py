"""The project on an engine that speaks Spark's SQL: the raw tables in it, and what it has made."""

import os
from pathlib import Path

import pyarrow as pa
from builds import ROOT, copy_project
from spark_frames import arrow_table, frame_of

PROJECT = Path(__file__).parent / "sail_project"


class SparkProject:
    """A project that installs this one, in a folder; its tables are those of a session."""

    target = "spark"
    file_format = "iceberg"

    def __init__(self, folder, session):
        self.folder = folder
        self.session = session
        packages = self.project / "dbt_packages"
        packages.mkdir(parents=True)
        for name in ("dbt_project.yml", "macros"):
            (self.project / name).symlink_to(PROJECT / name)
        copy_project(packages / "assisted_conversions", with_adapters=True, with_engines=True)
        (packages / "dbt_utils").symlink_to(ROOT / "dbt_packages/dbt_utils")
        (self.project / "packages.yml").write_text(f"packages: [{{local: {ROOT}}}]\n")

    @property
    def project(self):
        return self.folder / "project"

    def load(self, tables, schema="raw"):
        """Makes the tables of a schema, tables of Arrow by name, in place of what they were."""
        self.session.sql(f"create database if not exists {schema}")
        for name, table in tables.items():
            self.session.sql(f"drop table if exists {schema}.`{name}`")
            writer = frame_of(self.session, table).write.format(self.file_format)
            writer.saveAsTable(f"{schema}.`{name}`")

    def read(self, relation) -> pa.Table:
        return arrow_table(self.session.sql(f"select * from {relation}"))

    def environment(self):
        """The variables of dbt."""
        return os.environ | {
            "ATTRIBUTION_FILE_FORMAT": self.file_format,
            "ATTRIBUTION_PERSIST_DOCS": "false",
            "PYTHONPATH": str(ROOT / "scripts/engines"),
            "DBT_PROFILES_DIR": str(ROOT),
            "DBT_TARGET": self.target,
            "DBT_TARGET_PATH": str(self.folder / "target"),
            "DBT_LOG_PATH": str(self.folder / "logs"),
        }
