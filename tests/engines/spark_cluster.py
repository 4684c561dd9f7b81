"""Apache Spark for tests: a cluster of a master and two workers, and dbt as its driver."""

import os
import re
import subprocess
import time
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import pyspark
from dbt.cli.main import dbtRunner
from pyspark.sql import SparkSession
from spark_project import SparkProject

HOME = Path(pyspark.__file__).parent
WORKERS = 2
# Tables are small: what counts is the time for each job and task, and for code of each query.
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "3g",
    "spark.driver.host": "127.0.0.1",
    "spark.executor.memory": "1536m",
    "spark.default.parallelism": "2",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.extensions": "org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions",
    "spark.sql.catalog.spark_catalog": "org.apache.iceberg.spark.SparkSessionCatalog",
    "spark.sql.catalog.spark_catalog.type": "hive",
    # The catalog is a Hive metastore in the driver, which has no locks.
    "spark.hadoop.iceberg.engine.hive.lock-enabled": "false",
}


def iceberg_jar():
    """The jar for Spark 3.5 with Scala 2.12, which a wheel carries."""
    package = Path(find_spec("snowpark_connect_deps_iceberg").origin).parent
    return next(package.glob("jars/iceberg-spark-runtime-3.5_2.12-*.jar"))


@contextmanager
def running_cluster(folder):
    """The address of the master of a cluster, whose files and logs go into the folder."""
    with ExitStack() as programs:
        log = started(programs, folder, "Master", "--port", "0", "--webui-port", "0")
        address = found_in(log, r"Starting Spark master at (spark://\S+)")
        for number in range(WORKERS):
            log = started(
                programs, folder, "Worker", "--cores", "1", "--memory", "2g", "--webui-port", "0",
                "--work-dir", folder / "work", address, number=number,
            )  # fmt: skip
            found_in(log, r"Successfully (registered) with master")
        yield address


def started(programs, folder, name, *args, number=0):
    """Starts a daemon of Spark, which ends with the stack of programs; the path of its log."""
    log = folder / f"{name.lower()}_{number}.log"
    main_class = f"org.apache.spark.deploy.{name.lower()}.{name}"
    with log.open("w") as file:
        daemon = subprocess.Popen(
            [HOME / "bin/spark-class", main_class, "--host", "127.0.0.1", *args],
            cwd=folder, stdout=file, stderr=file,
            env=os.environ | {"SPARK_HOME": str(HOME), "SPARK_DAEMON_MEMORY": "512m"},
        )  # fmt: skip
    programs.callback(daemon.wait)
    programs.callback(daemon.terminate)
    return log


def found_in(log, pattern, seconds=60):
    """The first group of a pattern in a log, as soon as it is there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = re.search(pattern, log.read_text())
        if found:
            return found[1]
        time.sleep(0.2)
    raise RuntimeError(log.read_text())


@contextmanager
def spark_session(folder, master, settings=None):
    """A session of this process, the driver, with a catalog of its own in the folder.

    Settings go before those of the tests.
    """
    lines = SETTINGS | {
        "spark.master": master,
        "spark.jars": iceberg_jar(),
        "spark.sql.warehouse.dir": folder / "warehouse",
        "spark.local.dir": folder / "scratch",
        # Plans of this project are deep. Only in the driver does it pay to compile code at length.
        "spark.driver.extraJavaOptions": (
            f"-Xss64m -XX:+UseParallelGC -Dderby.system.home={folder}"
        ),
        "spark.executor.extraJavaOptions": "-Xss16m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    }
    lines |= settings or {}
    text = "".join(f"{name} {value}\n" for name, value in lines.items())
    (folder / "spark-defaults.conf").write_text(text)
    with patch.dict(os.environ, {"SPARK_CONF_DIR": str(folder), "SPARK_HOME": str(HOME)}):
        session = SparkSession.builder.enableHiveSupport().getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


class Spark(SparkProject):
    def dbt(self, *args):
        """Runs dbt in this process; fails with what dbt said.

        The metastore of the tests takes one process at a time.
        """
        with patch.dict(os.environ, self.environment()):
            result = dbtRunner().invoke([*args, "--project-dir", str(self.project), "--quiet"])
        if result.exception:
            raise result.exception
        failed = [
            f"{one.node.name}: {one.status} {one.message}"
            for one in result.result
            if one.status in ("error", "fail")
        ]
        assert result.success, "\n".join(failed)

    def clear(self):
        """Drops all tables, for another test."""
        for schema, *_ in self.session.sql("show databases").collect():
            if schema != "default":
                self.session.sql(f"drop database {schema} cascade")
