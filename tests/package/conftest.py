"""What the tests of the installed package share. They run by `make test-package`."""

import os
from pathlib import Path

import pytest
from conftest import ROOT
from consumer import Consumer
from hub import hub_of

# Another version of dbt_utils can be tried: a folder that holds it.
DBT_UTILS = Path(os.environ.get("ATTRIBUTION_TEST_DBT_UTILS") or ROOT / "dbt_packages/dbt_utils")


@pytest.fixture(scope="session")
def packages(tmp_path_factory):
    """The folder into which `dbt deps` has installed this project and dbt_utils."""
    shop = Consumer(tmp_path_factory.mktemp("deps"))
    with hub_of({"dbt-labs/dbt_utils": DBT_UTILS}, tmp_path_factory.mktemp("hub")) as url:
        shop.dbt("deps", env={"DBT_PACKAGE_HUB_URL": url})
    return shop.project / "dbt_packages"
