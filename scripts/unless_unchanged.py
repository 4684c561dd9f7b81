"""Run a command unless nothing that it depends on has changed since it last succeeded.

    unless_unchanged.py --stamp target/.built --reads raw --makes a.duckdb -- dbt build

What it depends on: every file of the project that git tracks or would track, the folder that it
reads, the file that it makes, the command itself and the variables that steer it. An unchanged
command is answered with the closing line of its last success. FORCE=1 runs it anyway, and so does
CI, where a result must never be taken from an earlier run.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

STEERING_VARIABLES = ("ATTRIBUTION_", "DBT_", "PYTEST_", "HYPOTHESIS_")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def project_files() -> list[Path] | None:
    """All files that git tracks or would track; None where this is no git checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return sorted({Path(name) for name in listing.decode().split("\0") if name})


def place_and_time(path: Path) -> Iterator[list]:
    """The files at or under a path: too large to read, so their sizes and times stand for them."""
    for file in sorted([path, *path.rglob("*")]):
        if file.is_file():
            stat = file.stat()
            yield [str(file), stat.st_size, stat.st_mtime_ns]


def fingerprint(command: list[str], data: list[Path]) -> str | None:
    """None where a change might go unseen: no git checkout, or data that is no local file."""
    files = project_files()
    if files is None or not all(path.exists() for path in data):
        return None
    state = {
        "command": command,
        "variables": sorted(v for v in os.environ.items() if v[0].startswith(STEERING_VARIABLES)),
        "set-up": [stamp.name for stamp in sorted(Path().glob("*/.installed-*"))],
        "data": [entry for path in data for entry in place_and_time(path)],
        "files": [
            [str(file), hashlib.sha256(file.read_bytes()).hexdigest()]
            for file in files
            if file.is_file()
        ],
    }
    return hashlib.sha256(json.dumps(state).encode()).hexdigest()


def run(command: list[str]) -> tuple[int, str]:
    """Run a command, its output passed on line by line; its exit code and closing line."""
    closing_line = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            closing_line = COLOURS.sub("", line).strip() or closing_line
    return process.returncode, closing_line


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stamp", type=Path, required=True, help="remembers the last success")
    parser.add_argument("--reads", type=Path, action="append", default=[])
    parser.add_argument("--makes", type=Path, action="append", default=[])
    parser.add_argument("command", nargs="+")
    arguments = parser.parse_args()
    command, data = arguments.command, arguments.reads + arguments.makes

    may_skip = not (os.environ.get("FORCE") or os.environ.get("CI"))
    if may_skip and arguments.stamp.exists():
        last = json.loads(arguments.stamp.read_text())
        if last["fingerprint"] == fingerprint(command, data):
            print("Nothing changed since the last run (FORCE=1 runs it again). Its result was:")
            print(last["result"])
            return 0

    arguments.stamp.unlink(missing_ok=True)
    before = fingerprint(command, arguments.reads)
    code, closing_line = run(command)
    after = fingerprint(command, data)
    # A file edited while the command ran leaves no stamp: which version it saw, nobody knows.
    if code == 0 and after and before == fingerprint(command, arguments.reads):
        arguments.stamp.parent.mkdir(parents=True, exist_ok=True)
        arguments.stamp.write_text(json.dumps({"fingerprint": after, "result": closing_line}))
    return code


if __name__ == "__main__":
    sys.exit(main())
