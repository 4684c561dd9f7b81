"""Run dbt and print one line a minute, for logs that nobody watches.

    build_quietly.py [--seconds 60] -- dbt build --select ...

Warnings and errors are printed as they come, and so are what this project tells at the end of a
build and dbt's last line. The exit code is dbt's.
"""

import argparse
import json
import queue
import subprocess
import sys
import threading
import time
from datetime import datetime

# dbt's names of events: the project's own lines, how the run ended, and the count of results.
TOLD = {"JinjaLogInfo", "EndOfRunSummary", "StatsLine"}


class Progress:
    """How far a run is, from the events of dbt's log."""

    def __init__(self):
        self.started = time.monotonic()
        self.total = 0
        self.running, self.ended = {}, set()

    def note(self, name, data):
        """Nodes are numbered in the lines of their start and of their end, and so are hooks."""
        if "index" not in data or "Hook" in name:
            return
        number, self.total = data["index"], data["total"]
        if name == "LogStartLine":
            self.running[number] = data["node_info"]["node_name"]
        else:
            self.running.pop(number, None)
            self.ended.add(number)

    def __str__(self):
        minutes, seconds = divmod(int(time.monotonic() - self.started), 60)
        running = ", ".join(list(self.running.values())[:3])
        done = f"{len(self.ended)} of {self.total} done" if self.total else "starting"
        return f"{minutes}:{seconds:02} {done}" + (f"; running: {running}" if running else "")


def say(text):
    print(f"{datetime.now():%H:%M:%S}  {text}", flush=True)


def follow(lines, seconds):
    """Prints what is to be told of dbt's lines; `lines` is a queue that ends with None."""
    progress, next_at = Progress(), time.monotonic() + seconds
    while True:
        try:
            line = lines.get(timeout=max(next_at - time.monotonic(), 0))
        except queue.Empty:
            say(progress)
            next_at += seconds
            continue
        if line is None:
            return
        try:
            event = json.loads(line)
            info = event["info"]
        except (ValueError, KeyError, TypeError):
            # Not of dbt's log, such as the traceback of a crash.
            print(line, end="", flush=True)
            continue
        progress.note(info["name"], event.get("data") or {})
        if info["level"] in ("warn", "error") or (info["name"] in TOLD and info["msg"].strip()):
            say(info["msg"].strip())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="from one line to the next")
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    command = [*arguments.command, "--log-format", "json", "--no-use-colors"]
    lines = queue.SimpleQueue()

    def read(stream):
        for line in stream:
            lines.put(line)
        lines.put(None)

    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        threading.Thread(target=read, args=(process.stdout,), daemon=True).start()
        follow(lines, arguments.seconds)
    return process.returncode


if __name__ == "__main__":
    sys.exit(main())
