"""A Postgres for tests: a server that listens on a socket in a temporary folder, and its end."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

OWNER = "owner"
# Texts are compared by their characters' numbers, as DuckDB does it; lower() knows all letters.
LOCALE = ["--encoding", "UTF8", "--lc-collate", "C", "--lc-ctype", "C.UTF-8"]
# Nothing of it outlives the tests.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def postgres_programs():
    """The folder with the programs of the newest installed Postgres; none where there is none."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = folders[-1] if folders else shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def running_postgres(programs):
    """The folder of a running server's socket, which is also the host to connect to."""
    folder = Path(tempfile.mkdtemp(prefix="postgres_"))
    # The server refuses to run as root.
    user = "postgres" if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(program, *args):
        subprocess.run(
            [programs / program, "-D", folder / "data", *args], user=user, cwd=folder, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    run("initdb", "--username", OWNER, "--auth", "trust", "--no-sync", *LOCALE)
    settings = SETTINGS | {"unix_socket_directories": folder}
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    run("pg_ctl", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield folder
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)
