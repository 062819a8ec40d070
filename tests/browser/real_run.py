"""What `make run` starts without a token: the stand-in with Muster beside it, in processes of their
own. In: a folder for data and log. Out: the page's address; at the end nothing is left running.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.settings import SAMPLE_COMPANY

MUSTER = str(Path(sys.executable).with_name("muster"))
START_WITHIN_S = 60
STOP_WITHIN_S = 60
LOG = "log.jsonl"


@asynccontextmanager
async def real_run(
    folder: Path, *, company: Path = SAMPLE_COMPANY, cast: Path | None = None
) -> AsyncIterator[str]:
    """The address of the page. AssertionError: it does not start, logs an error, or does not stop
    in order when asked to."""
    with (folder / LOG).open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *[sys.executable, "-m", "simulator", "--no-browser", "--port", "0"],
            *(["--cast", str(cast)] if cast else []),
            *["--data", str(folder / "data"), "--", MUSTER, "run"],
            cwd=folder,
            env=_settings(company),
            stdout=PIPE,
            stderr=log,
        )
        try:
            yield await asyncio.wait_for(_address(process), START_WITHIN_S)
        finally:
            if process.returncode is None:
                process.terminate()
            await asyncio.wait_for(process.communicate(), STOP_WITHIN_S)
    assert process.returncode == 0, _log(folder)
    assert '"level": "error"' not in _log(folder), _log(folder)


async def _address(process: Process) -> str:
    assert process.stdout is not None
    told = ""
    while line := (await process.stdout.readline()).decode():
        if line.strip().startswith("http://"):
            return line.strip()
        told += line
    raise AssertionError(f"it did not start:\n{told}")


def _settings(company: Path) -> dict[str, str]:
    """The environment without a developer's own settings."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("BOT_", "MUSTER_"))}
    return {**clean, "MUSTER_COMPANY": str(company)}


def _log(folder: Path) -> str:
    return (folder / LOG).read_text(encoding="utf-8")
