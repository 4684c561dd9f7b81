"""Teaches the adapters of other engines to run Python models in dbt's own process.

dbt imports modules named `dbt_*` by itself: put this folder on PYTHONPATH. Each adapter that is
installed has a module here.
"""

from importlib import import_module
from importlib.util import find_spec

for engine in ("postgres", "spark"):
    if find_spec(f"dbt.adapters.{engine}"):
        import_module(f"{engine}_session")
