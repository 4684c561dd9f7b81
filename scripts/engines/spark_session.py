"""Lets dbt-spark run Python models through its own session (connection method `session`).

Adds the submission method `session` to dbt-spark, which knows only those of Databricks. The tables
that a model reads and returns are small; see in_process.py.

Puts the salt of e-mail hashes (environment variable ATTRIBUTION_EMAIL_SALT) into statements as they
leave for the server, so that it stands in no compiled model or log.

Mends the values of seeds too: with this connection method, dbt-spark 1.11 writes an empty one as
the text None, and quotes none. And tells dbt which tables of a Hive metastore are Iceberg's.
"""

import os

from dbt.adapters.base import PythonJobHelper
from dbt.adapters.spark.impl import SparkAdapter
from dbt.adapters.spark.session import NUMBERS, SessionConnectionWrapper
from in_process import returned_rows
from pyspark.sql import SparkSession
from spark_frames import arrow_table, frame_of


class SessionJob(PythonJobHelper):
    def __init__(self, parsed_model: dict, credentials):
        self._model = parsed_model
        self._session = SparkSession.builder.getOrCreate()

    def submit(self, compiled_code: str) -> None:
        """Runs a model and writes its table, in place of the code by which dbt would write it."""
        rows = returned_rows(
            self._model["compiled_code"],
            lambda query: arrow_table(self._session.sql(query)),
        )
        config = self._model["config"]
        (
            frame_of(self._session, rows)
            .write.mode("overwrite")
            .format(config.get("file_format") or "delta")
            .option("overwriteSchema", "true")
            .saveAsTable(f"{self._model['schema']}.{self._model['alias']}")
        )


def literal(value) -> str:
    """A value of a seed as a literal of Spark's SQL."""
    if value is None:
        return "null"
    if isinstance(value, NUMBERS):
        return str(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"


def add_session_method() -> None:
    """Lets models have `submission_method: session`."""
    methods = SparkAdapter.python_submission_helpers.fget

    def with_session(adapter):
        return {**methods(adapter), "session": SessionJob}

    SparkAdapter.python_submission_helpers = property(with_session)


def add_salt() -> None:
    """Puts the salt in the place that `salted_hash` keeps for it."""
    execute = SessionConnectionWrapper.execute
    salt = literal(os.environ.get("ATTRIBUTION_EMAIL_SALT", ""))

    def execute_with_salt(self, sql, bindings=None):
        return execute(self, sql.replace("'${attribution.email_salt}'", salt), bindings)

    SessionConnectionWrapper.execute = execute_with_salt


def add_iceberg_in_hive() -> None:
    """Spark says `Provider: hive` of an Iceberg table of a Hive metastore, and dbt believes it."""
    read = SparkAdapter._get_relation_information

    def with_provider(self, row):
        schema, name, information = read(self, row)
        if "table_type=ICEBERG" in information:
            information = information.replace("Provider: hive", "Provider: iceberg")
        return schema, name, information

    SparkAdapter._get_relation_information = with_provider


add_session_method()
add_salt()
add_iceberg_in_hive()
SessionConnectionWrapper._fix_binding = staticmethod(literal)
