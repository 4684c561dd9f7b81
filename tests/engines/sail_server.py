"""Sail for tests: a server of Spark Connect, the raw tables in it, and dbt on it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from builds import ROOT
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

BIN = Path(sys.executable).parent
PROJECT = Path(__file__).parent / "sail_project"
# Tables live as long as the session, so all programs share one.
SESSION = "00000000-0000-4000-8000-000000000001"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def running_sail(folder):
    """A server of its own; what it writes goes into the folder."""
    port = free_port()
    with (folder / "sail.log").open("w") as log:
        server = subprocess.Popen(
            [BIN / "sail", "spark", "server", "--ip", "127.0.0.1", "--port", str(port)],
            cwd=folder, stdout=log, stderr=log,
            env=os.environ | {"SAIL_SPARK__SESSION_TIMEOUT_SECS": "7200"},
        )  # fmt: skip
    try:
        wait_for(port, server)
        sail = Sail(folder, f"sc://127.0.0.1:{port}/;session_id={SESSION}")
        yield sail
        # Else the session would look for its server when this process ends.
        sail.session.stop()
    finally:
        server.kill()
        server.wait()


def wait_for(port, server, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError(f"Sail does not answer at port {port}")


class Sail:
    def __init__(self, folder, remote):
        self.folder = folder
        self.remote = remote
        self.warehouse = folder / "warehouse"
        self.session = (
            SparkSession.builder.remote(remote)
            .config("spark.sql.warehouse.dir", str(self.warehouse))
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        packages = folder / "project/dbt_packages"
        packages.mkdir(parents=True)
        for name in ("dbt_project.yml", "macros"):
            (folder / "project" / name).symlink_to(PROJECT / name)
        (packages / "assisted_conversions").symlink_to(ROOT)
        (packages / "dbt_utils").symlink_to(ROOT / "dbt_packages/dbt_utils")
        (folder / "project/packages.yml").write_text(f"packages: [{{local: {ROOT}}}]\n")

    def load(self, tables):
        """Makes the raw tables, tables of Arrow by name, in place of what they were."""
        self.session.sql("create database if not exists raw")
        for name, table in tables.items():
            schema = from_arrow_schema(table.schema)
            frame = table.to_pandas() if table.num_rows else []
            self.session.sql(f"drop table if exists raw.{name}")
            self.session.createDataFrame(frame, schema).write.format("delta").saveAsTable(
                f"raw.{name}"
            )

    def read(self, relation) -> pa.Table:
        return self.session.sql(f"select * from {relation}").toArrow()

    def dbt(self, *args):
        """Runs dbt in the project that installs this one; fails with what dbt said."""
        result = subprocess.run(
            [BIN / "dbt", *args],
            cwd=self.folder / "project",
            env=os.environ | {
                "SPARK_REMOTE": self.remote,
                "ATTRIBUTION_SPARK_WAREHOUSE": str(self.warehouse),
                "ATTRIBUTION_FILE_FORMAT": "delta",
                "ATTRIBUTION_PERSIST_DOCS": "false",
                "PYTHONPATH": str(ROOT / "scripts/engines"),
                "DBT_PROFILES_DIR": str(ROOT),
                "DBT_TARGET": "sail",
                "DBT_TARGET_PATH": str(self.folder / "target"),
                "DBT_LOG_PATH": str(self.folder / "logs"),
            },
            capture_output=True,
            text=True,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
        return result.stdout
