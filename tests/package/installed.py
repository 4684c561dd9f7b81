"""A pytest plugin: the packages as `dbt deps` installs them into the consumer project."""

import os
from pathlib import Path

import pytest
import yaml
from builds import copy_project
from conftest import ROOT
from consumer import PACKAGE, Consumer
from hub import hub_of

# A folder that holds another version of dbt_utils, to try it.
DBT_UTILS = Path(os.environ.get("ATTRIBUTION_TEST_DBT_UTILS") or ROOT / "dbt_packages/dbt_utils")


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The folder into which `dbt deps` has installed this project and dbt_utils."""
    shop = Consumer(tmp_path_factory.mktemp("deps"))
    (locked,) = yaml.safe_load((ROOT / "package-lock.yml").read_text())["packages"]
    with hub_of(locked, DBT_UTILS, tmp_path_factory.mktemp("hub")) as url:
        shop.dbt("deps", env={"DBT_PACKAGE_HUB_URL": url})
    return shop.project / "dbt_packages"


@pytest.fixture(scope="session")
def packages(tmp_path_factory, installed):
    """The same without unit tests and adapters, which are off there and take long to parse."""
    return slim_copy(installed, tmp_path_factory.mktemp("packages"), with_adapters=False)


@pytest.fixture(scope="session")
def packages_with_adapters(tmp_path_factory, installed):
    """The same without unit tests."""
    return slim_copy(installed, tmp_path_factory.mktemp("adapters"), with_adapters=True)


def slim_copy(installed, folder, with_adapters):
    for package in installed.iterdir():
        if package.name != PACKAGE:
            (folder / package.name).symlink_to(package.resolve())
    copy_project(folder / PACKAGE, with_adapters)
    return folder
