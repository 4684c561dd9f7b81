"""Copies of the consumer project in integration_tests, and dbt in them."""

import json
import os
import shutil
import subprocess

import duckdb
import yaml
from builds import dbt_command
from conftest import ROOT, write_csv

PACKAGE = "assisted_conversions"
# The path of another dbt, to try another version of it.
OTHER_DBT = os.environ.get("ATTRIBUTION_TEST_DBT")
# What this project's own commands set must not reach the consumer.
FOREIGN = ("ATTRIBUTION_", "DBT_")
NOT_COPIED = shutil.ignore_patterns("dbt_packages", "logs", "target", "*.duckdb", ".user.yml")
# Names of raw tables in the schema `landing`, where they are not their own.
LANDING_NAMES = {"sessions": "web_visits", "conversions": "orders_of_all_shops"}
WITHOUT_TESTS = ["--exclude-resource-type", "test"]


class Consumer:
    """A copy of the consumer project with a database and a raw folder of its own."""

    def __init__(self, folder, packages=None):
        self.project, self.raw_dir = folder / "shop", folder / "raw"
        self.db_path = self.project / "shop.duckdb"
        shutil.copytree(ROOT / "integration_tests", self.project, ignore=NOT_COPIED)
        local = f"local: {ROOT}"
        packages_file = self.project / "packages.yml"
        packages_file.write_text(packages_file.read_text().replace("local: ../", local))
        if packages:
            (self.project / "dbt_packages").symlink_to(packages)

    def configure(self, vars=None, models=None):
        """Sets the package's settings and model configurations in dbt_project.yml."""
        path = self.project / "dbt_project.yml"
        config = yaml.safe_load(path.read_text())
        config["vars"][PACKAGE] = vars or {}
        config["models"][PACKAGE] = models or {}
        path.write_text(yaml.safe_dump(config, sort_keys=False))

    def set_time_zone(self, time_zone):
        """Sets the time zone of DuckDB sessions in profiles.yml."""
        path = self.project / "profiles.yml"
        profiles = yaml.safe_load(path.read_text())
        profiles["shop"]["outputs"]["dev"]["settings"] = {"TimeZone": time_zone}
        path.write_text(yaml.safe_dump(profiles))

    def load(self, raw):
        """Writes raw rows twice: as files, and as tables of the schema `landing`."""
        shutil.rmtree(self.raw_dir, ignore_errors=True)
        write_csv(self.raw_dir, raw)
        with duckdb.connect(str(self.db_path)) as connection:
            connection.execute("create schema if not exists landing")
            for table in raw:
                connection.execute(
                    f"create or replace table landing.{LANDING_NAMES.get(table, table)} as "
                    f"from read_csv('{self.raw_dir}/{table}.csv', all_varchar = true)"
                )

    def run(self, *args, env=None):
        """dbt in this project, on a machine that is not set to UTC; without comments, which take a
        tenth of a build's time."""
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)
        }
        env = (
            inherited
            | {
                "ATTRIBUTION_RAW_DIR": str(self.raw_dir),
                "ATTRIBUTION_PERSIST_DOCS": "false",
                "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
                "TZ": "America/New_York",
            }
            | (env or {})
        )
        args = ["--no-use-colors", *args]
        if not OTHER_DBT:
            return dbt_command(*args, cwd=self.project, env=env)
        return subprocess.run(
            [OTHER_DBT, *args], cwd=self.project, env=env, capture_output=True, text=True
        )

    def dbt(self, *args, env=None):
        """As `run`, but it must succeed; what dbt said."""
        result = self.run(*args, env=env)
        assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
        return result.stdout

    def artifact(self, name):
        return json.loads((self.project / "target" / name).read_text())

    def statuses(self):
        """What became of each node of the last run, by its id."""
        results = self.artifact("run_results.json")["results"]
        return {result["unique_id"]: result["status"] for result in results}

    def run_sql(self, package):
        """The SQL that the last run sent for each node of a package, by the node's path."""
        folder = self.project / "target/run" / package
        return {
            str(path.relative_to(folder)): path.read_text()
            for path in sorted(folder.rglob("*.sql"))
        }

    def compiled_sql(self, package, path):
        """A node's query of the last run, which an incremental model puts in a temporary table."""
        return (self.project / "target/compiled" / package / path).read_text()

    def schemas(self):
        """The schemas of the database; none where there is no file."""
        if not self.db_path.exists():
            return set()
        with duckdb.connect(str(self.db_path), read_only=True) as connection:
            rows = connection.execute(
                "select schema_name from duckdb_schemas() where not internal"
            ).fetchall()
        return {row[0] for row in rows} - {"main"}
