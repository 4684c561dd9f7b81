"""The promises of trends on thousands of channels. Takes minutes, so it is no part of make test,
which draws a few hundred (tests/python/models/test_assist_trends.py)."""

import importlib.util
from pathlib import Path

import trends as simulations

MODEL = Path(__file__).resolve().parents[2] / "python_models/intermediate/int_assist_trends.py"


def test_trends_keep_their_promises():
    specification = importlib.util.spec_from_file_location("int_assist_trends", MODEL)
    model = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(model)
    rows = simulations.results(model, channels=2_000)
    for row in rows:
        print(row)
    assert all(row["is_kept"] for row in rows)
