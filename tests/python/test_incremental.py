"""Runs that follow one another on one database end where a whole build of the same rows does.

Each set is one raw folder with many histories, built batch by batch. LONG_HISTORIES=200 makes it
five sets of 40 new histories, LONG_SEED=1 other ones.
"""

import os
import random
import re
import shutil
from itertools import islice

import pytest
from builds import builds_in
from conftest import ROOT
from courses import draw_batches, write_raw
from databases import database_differences

LONG = int(os.environ.get("LONG_HISTORIES", 0))
LONG_SEED = int(os.environ.get("LONG_SEED", 0))
PER_SET = 40 if LONG else 25
# Seed of a set, and whether its rules change: where they do, much is built anew.
SETS = {
    "rows_change": (10, False),
    "rows_and_rules_change": (16, True),
}
if LONG:
    SETS = {
        f"seed_{seed}": (seed, seed % 2 == 1)
        for seed in range(100 + 100 * LONG_SEED, 100 + 100 * LONG_SEED + -(-LONG // PER_SET))
    }
BATCHES, COMPARED = (5, 5) if LONG else (2, 1)
SECONDS = 12  # about what a build takes, to kill one within that

MODELS = sorted(
    path.stem
    for folder in ("models", "python_models")
    for suffix in ("sql", "py")
    for path in (ROOT / folder).rglob(f"*.{suffix}")
    if "sources" not in path.parts
)


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    return builds_in(tmp_path_factory.mktemp("builds"))


def start_and_die(builds, name, raw_dir, batch):
    """A run that ends early: killed, or as if some models had failed."""
    how, share = batch.death
    chosen = random.Random(share).sample(MODELS, len(MODELS))
    selection = {
        "killed": [],
        "without": ["--exclude", f"{chosen[0]}+"],
        "only": ["--select", *chosen[: int(share * len(chosen))]],
    }[how]
    kill_after = share * SECONDS if how == "killed" else None
    builds.run(name, raw_dir, *selection, vars=batch.vars, salt=batch.salt, kill_after=kill_after)


def run_batch(builds, name, batch):
    """The runs of one batch; the raw folder, or None where the run stays unfinished."""
    raw_dir = builds.folder / f"raw_{name}"
    shutil.rmtree(raw_dir, ignore_errors=True)
    write_raw(raw_dir, batch)
    builds.edit_seeds(batch.seeds)
    if batch.death:
        start_and_die(builds, name, raw_dir, batch)
        if not batch.is_resumed:
            return None
    builds.build(name, raw_dir, vars=batch.vars, salt=batch.salt)
    return raw_dir


@pytest.mark.parametrize("name", SETS)
def test_runs_end_where_a_whole_build_does(builds, name):
    seed, rules_change = SETS[name]
    batches = list(islice(draw_batches(PER_SET, seed, rules_change), BATCHES))
    batches[-1].is_resumed = True
    for number, batch in enumerate(batches):
        raw_dir = run_batch(builds, name, batch)
        if raw_dir and number >= BATCHES - COMPARED:
            fresh = builds.fresh(raw_dir, vars=batch.vars, salt=batch.salt)
            found = database_differences(builds.db_path(name), fresh)
            head = f"set {name} (seed {seed}) differs after batch {number}"
            assert not found, "\n".join(
                [head, *found, *what_happened(batches[: number + 1], found)]
            )


def what_happened(batches, found):
    """The circumstances of each batch, and what became of the first world that differs."""
    worlds = re.findall(r"\bw\d{3}-", "\n".join(found))
    before = {}
    for number, batch in enumerate(batches):
        formats = {table: kind for table, kind in batch.formats.items() if kind != "csv"}
        rules = f"vars={batch.vars} seeds={batch.seeds} salt={batch.salt!r}"
        yield f"batch {number}: {formats=} {rules} death={batch.death}"
        for table, rows in batch.raw.items():
            old = before.get(table, [])
            new = [row for row in rows if any(world in repr(row) for world in worlds[:1])]
            if number:
                yield from (f"    - {table} {shown(row)}" for row in old if row not in new)
                yield from (f"    + {table} {shown(row)}" for row in new if row not in old)
            before[table] = new


def shown(row):
    return {column: value for column, value in row.items() if value is not None}
