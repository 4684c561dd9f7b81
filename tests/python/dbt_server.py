"""Keeps dbt loaded and a project parsed, and forks a process for each run: half a build's time.

A request is a line of JSON: `args` of dbt, `vars`, `env`, `output` (a file for what it says),
`quiet`, `kill_after` (seconds, or null). The answer is a line with the exit code: 2 if the project
cannot be parsed. A forked run ends with all its connections, as one of the command line would, and
can be killed like one. The project is that of the working directory.

Garbage is collected between runs only: within one, it is a sixth of the time to look through all
that is parsed again and again.
"""

import gc
import hashlib
import json
import os
import signal
import sys
import time
from pathlib import Path

import dbt.task.build  # noqa: F401  (else each forked run imports it)
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner

PATHS = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", "../target"]
FLAGS = ["--no-write-json", "--log-level-file", "none"]
manifests = {}


def answer(request):
    """The exit code of the run that is asked for."""
    try:
        manifest = parsed(request["vars"])
    except Exception as problem:
        Path(request["output"]).write_text(str(problem))
        return 2
    return run(manifest, request)


def parsed(settings):
    """The manifest of the project as it stands; files and variables change, so may it."""
    files = [path for path in sorted(Path().rglob("*")) if path.is_file()]
    digest = hashlib.sha256(settings.encode())
    for path in files:
        digest.update(str(path).encode() + path.read_bytes())
    key = digest.digest()
    if key not in manifests:
        result = dbtRunner().invoke(["--quiet", *FLAGS, "parse", *PATHS, "--vars", settings])
        if result.exception:
            raise result.exception
        manifests[key] = result.result
        gc.collect()
    return manifests[key]


def run(manifest, request):
    """dbt in a process of its own; its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        output = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.environ.update(request["env"])
        quiet = "--quiet" if request["quiet"] else "--no-quiet"
        args = [quiet, *FLAGS, *request["args"], *PATHS, "--vars", request["vars"]]
        result = dbtRunner(manifest=manifest).invoke(args)
        if result.exception:
            print(result.exception)
        sys.stdout.flush()
        DuckDBConnectionManager.close_all_connections()  # writes what is in the log into the file
        os._exit(0 if result.success else 1)
    return waited_for(pid, request["kill_after"])


def waited_for(pid, kill_after):
    if kill_after is not None:
        end = time.monotonic() + kill_after
        while time.monotonic() < end:
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        os.kill(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever prints, prints among the errors
    gc.disable()
    for line in sys.stdin:
        request = json.loads(line)
        print(answer(request), file=answers, flush=True)
