"""Keeps dbt loaded and projects parsed, and forks a process for each run: half a build's time.

A request is a line of JSON; the answer is a line with the exit code. There are two kinds:

- A build of the project in `folder`, which is parsed once: `args` of dbt, `vars`, `env` (added to
  this process's), `output` (a file for what it says), `quiet`, `kill_after` (seconds, or null). The
  exit code is 2 if the project cannot be parsed.
- A command line, if there is a file for `errors`: all `args` of dbt, in `folder`, with `env` as its
  whole environment.

It begins with a parse of the project of the working directory, whose templates all runs share. A
forked run ends with all its connections, as one of the command line would, and can be killed like
one. Garbage is collected between runs only: within one, it is a sixth of the time to look through
all that is parsed again and again.
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
from dbt.cli.main import cli, dbtRunner
from lean_dbt import make_forkable, make_lean, warm_up

PATHS = ["--project-dir", ".", "--profiles-dir", ".", "--target-path", "../target"]
FLAGS = ["--no-write-json", "--log-level-file", "none"]
manifests = {}


def answer(request):
    """The exit code of the run that is asked for."""
    os.chdir(request["folder"])
    if "errors" in request:
        return forked(command, request)
    try:
        manifest = parsed(request["vars"])
    except Exception as problem:
        Path(request["output"]).write_text(str(problem))
        return 2
    return forked(build, request, manifest)


def parsed(settings):
    """The manifest of the project as it stands; files and variables change, so may it. Copies with
    the same files share one."""
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


def forked(run, request, *more):
    """A run in a process of its own; its exit code, or minus the signal that ended it."""
    pid = os.fork()
    if pid == 0:
        write_to(1, request["output"])
        write_to(2, request.get("errors", request["output"]))
        code = run(request, *more)
        sys.stdout.flush()
        sys.stderr.flush()
        DuckDBConnectionManager.close_all_connections()  # writes what is in the log into the file
        os._exit(code)
    return waited_for(pid, request.get("kill_after"))


def write_to(stream, path):
    os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stream)


def build(request, manifest):
    os.environ.update(request["env"])
    for node in manifest.nodes.values():
        if node.resource_type == "seed":
            node.root_path = os.getcwd()  # that of this copy
    quiet = "--quiet" if request["quiet"] else "--no-quiet"
    args = [quiet, *FLAGS, *request["args"], *PATHS, "--vars", request["vars"]]
    result = dbtRunner(manifest=manifest).invoke(args)
    if result.exception:
        print(result.exception)
    return 0 if result.success else 1


def command(request):
    os.environ.clear()
    os.environ.update(request["env"])
    time.tzset()
    sys.path[:0] = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    sys.argv[1:] = request["args"]
    try:
        cli()
    except SystemExit as end:
        return end.code or 0


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
    make_lean()
    make_forkable()
    warm_up(parsed("{}"))
    gc.collect()
    for line in sys.stdin:
        request = json.loads(line)
        print(answer(request), file=answers, flush=True)
