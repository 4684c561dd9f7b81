"""dbt-duckdb plugin: gives SQL the salt of the e-mail hash as the variable `email_salt`.

The salt is a secret. Read here, from the environment, it never stands in a compiled model, a
log line or the output of `dbt debug`.
"""

import os

from dbt.adapters.duckdb.plugins import BasePlugin


class Plugin(BasePlugin):
    """Sets `email_salt` on each cursor; dbt-duckdb looks the class up by this name."""

    def configure_cursor(self, cursor):
        salt = os.environ.get("ATTRIBUTION_EMAIL_SALT", "")
        escaped = salt.replace("'", "''")
        cursor.execute(f"set variable email_salt = '{escaped}'")
