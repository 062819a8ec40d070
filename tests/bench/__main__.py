"""Run every measurement in this folder: each module here has an async `main`."""

import asyncio
import importlib
import pkgutil
import sys

from tests import bench

for found in pkgutil.iter_modules(bench.__path__):
    if found.name != "__main__":
        sys.stdout.write(f"# {found.name}\n")
        asyncio.run(importlib.import_module(f"{bench.__name__}.{found.name}").main())
