"""Sail for tests: a server of Spark Connect, and dbt on it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from builds import dbt_command
from pyspark.sql import SparkSession
from spark_project import SparkProject

BIN = Path(sys.executable).parent
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


class Sail(SparkProject):
    target = "sail"
    file_format = "delta"

    def __init__(self, folder, remote):
        self.remote = remote
        self.warehouse = folder / "warehouse"
        session = (
            SparkSession.builder.remote(remote)
            .config("spark.sql.warehouse.dir", str(self.warehouse))
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        super().__init__(folder, session)

    def environment(self):
        return super().environment() | {
            "SPARK_REMOTE": self.remote,
            "ATTRIBUTION_SPARK_WAREHOUSE": str(self.warehouse),
        }

    def dbt(self, *args):
        """Runs dbt in the project that installs this one; fails with what dbt said."""
        result = dbt_command(*args, cwd=self.project, env=self.environment())
        assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
        return result.stdout
