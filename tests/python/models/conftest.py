"""Loads the dbt Python models as plain modules: their pure functions are what is tested here."""

import importlib.util
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "python_models"


def load(name):
    (path,) = FOLDER.glob(f"*/{name}.py")
    specification = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def markov():
    return load("int_markov_statistics")


@pytest.fixture(scope="session")
def shapley():
    return load("int_shapley_statistics")


@pytest.fixture(scope="session")
def trends():
    return load("int_assist_trends")


@pytest.fixture(scope="session")
def components():
    return load("int_identity_components")


@pytest.fixture(scope="session")
def merged_persons():
    return load("int_merged_persons")
