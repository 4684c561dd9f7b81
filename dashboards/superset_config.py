"""Settings of Superset that differ from its defaults; start.py says where its state stands."""

import os
from pathlib import Path

STATE = Path(os.environ["DASHBOARD_STATE"])

SECRET_KEY = (STATE / "secret_key").read_text()
# Users, dashboards and what users change in them: a file, or for example
# postgresql+psycopg2://user:password@host/superset.
SQLALCHEMY_DATABASE_URI = (
    os.environ.get("DASHBOARD_METADATA_URI") or f"sqlite:///{STATE.resolve()}/metadata.db"
)

LOG_LEVEL = "WARNING"
APP_NAME = "Assisted conversions"
LOGO_TARGET_PATH = "/dashboard/list/"
FAVICONS = []
# A figure is read from the published file each time, so a new file shows at once.
DATA_CACHE_CONFIG = {"CACHE_TYPE": "NullCache"}
# One process serves all, so its memory will do, and nobody signs in a thousand times a minute.
RATELIMIT_STORAGE_URI = "memory://"
# No pixel of another site's in the pages: nothing leaves this computer.
os.environ["SCARF_ANALYTICS"] = "false"
# Connections to one DuckDB file in one process must not differ in any option, and the agent that
# Superset names does: it says whether a chart or an editor asks.
USER_AGENT_FUNC = lambda database, source: "superset"  # noqa: E731
