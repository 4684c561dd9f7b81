"""Install the dbt packages that packages.yml asks for.

`dbt deps` needs the package hub, which many warehouse networks can't reach. There, the locked
dbt_utils comes from a source archive on the Python package index, which carries it unmodified:
pip gets it with the machine's own index settings and checks its hash before anything of it is used.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = PROJECT / "dbt_packages"
HUB_TIME_LIMIT_SECONDS = 30

ARCHIVE = "checkup-dbt==0.5.0"
ARCHIVE_SHA256 = "cf57e0b95c1ffe22e9168ab35052d7636b342c26ec8ae1e5bcededec3d440f67"
FOLDER_IN_ARCHIVE = "tests/fixtures/sample_dbt_project/dbt_packages/dbt_utils"


def install_from_hub() -> bool:
    command = [Path(sys.executable).with_name("dbt"), "--quiet", "deps"]
    environment = os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    try:
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            timeout=HUB_TIME_LIMIT_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def install_from_archive() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        requirement = Path(scratch, "requirement.txt")
        requirement.write_text(f"{ARCHIVE} --hash=sha256:{ARCHIVE_SHA256}\n")
        # pip insists on the metadata of a source archive even to download it. The build backend is
        # in the lock, so no build isolation: nothing is fetched that no hash stands for.
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        flags = ["--require-hashes", "--no-deps", "--no-binary=:all:", "--no-build-isolation"]
        where = ["--ignore-requires-python", "--dest", scratch, "--requirement", requirement]
        subprocess.run([*pip, *flags, *where], check=True)

        (archive,) = Path(scratch).glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            tar.extractall(scratch)
        (unmodified,) = Path(scratch).glob(f"*/{FOLDER_IN_ARCHIVE}")
        shutil.rmtree(PACKAGES, ignore_errors=True)
        shutil.copytree(unmodified, PACKAGES / unmodified.name)


def main() -> None:
    if install_from_hub():
        print("dbt packages: installed from the hub")
        return
    install_from_archive()
    print(f"dbt packages: the hub is out of reach, dbt_utils installed from {ARCHIVE}")


if __name__ == "__main__":
    main()
