"""dbt's command line for tests: lean, and without garbage collection, a third of a parse."""

import gc
import sys
from pathlib import Path

gc.disable()
sys.path.append(str(Path(__file__).parent))

from dbt.cli.main import cli  # noqa: E402
from lean_dbt import make_lean  # noqa: E402

if __name__ == "__main__":
    make_lean()
    cli()
