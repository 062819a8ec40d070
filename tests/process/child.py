"""`muster run` as a real process, with the stand-in served by the test's own loop.

In: a data folder, a stand-in. Out: a child that can be killed, stopped and read. Every wait is
bounded by PATIENCE_S; a child never outlives its block.
"""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.settings import SAMPLE_COMPANY
from simulator import Simulator

PATIENCE_S = 60
MUSTER = Path(sys.executable).with_name("muster")
LINES_LIMIT = 100_000


@dataclass
class Child:
    """A running `muster`. `lines` is what it has logged so far; `mute` when no more can come."""

    process: Process
    lines: list[str] = field(default_factory=list)
    mute: bool = False
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    async def end(self) -> int:
        """Its exit code, once it has ended. TimeoutError: it does not end."""
        async with asyncio.timeout(PATIENCE_S):
            return await self.process.wait()

    async def stop(self) -> int:
        """SIGTERM, and the exit code."""
        self.signal(signal.SIGTERM)
        return await self.end()

    async def says(self, words: str) -> str:
        """The first log line with these words, once it is there. TimeoutError: it never comes."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                found = next((line for line in self.lines if words in line), None)
                if found is not None:
                    return found
                assert not self.mute, f"ended without {words!r}: {self.lines[-20:]}"
                await self._heard.wait()

    async def until(self, sim: Simulator, holds: Callable[[], bool]) -> None:
        """Return when it is so at the stand-in. AssertionError: the child ended without it."""
        seen = asyncio.create_task(sim.until(holds, PATIENCE_S))
        ended = asyncio.create_task(self.process.wait())
        await asyncio.wait((seen, ended), return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        if not seen.done():
            seen.cancel()
            raise AssertionError(f"ended: {self.lines[-20:]}")
        await seen

    async def listen(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            assert len(self.lines) < LINES_LIMIT
            self.lines.append(line.decode())
            self._beat()
        self.mute = True
        self._beat()

    def _beat(self) -> None:
        self._heard.set()
        self._heard = asyncio.Event()

    def logged(self) -> list[dict[str, Any]]:
        """Every line as JSON. ValueError: one is not."""
        return [json.loads(line) for line in self.lines]


def environment(sim: Simulator | None, folder: Path, **more: str) -> dict[str, str]:
    """Nothing of this machine's own settings gets in."""
    settings = {"PATH": "/usr/bin:/bin", "MUSTER_DATA": str(folder / "data"), **more}
    if sim is not None:
        settings = {
            "BOT_TOKEN": sim.token,
            "BOT_API_URL": sim.api_url,
            "BOT_FILE_URL": sim.file_url,
            "MUSTER_CLOCK_URL": f"{sim.url}/clock",
            "MUSTER_COMPANY": str(SAMPLE_COMPANY),
            **settings,
        }
    return settings


@asynccontextmanager
async def muster(
    folder: Path, settings: Mapping[str, str], *arguments: str
) -> AsyncIterator[Child]:
    """`muster run` (or other arguments) in `folder`; killed when the block is left."""
    process = await asyncio.create_subprocess_exec(
        str(MUSTER),
        *(arguments or ("run",)),
        cwd=folder,
        env=dict(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=PIPE,
    )
    child = Child(process)
    listening = asyncio.create_task(child.listen())
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        await listening


async def ran(folder: Path, settings: Mapping[str, str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a `muster` that ends by itself."""
    process = await asyncio.create_subprocess_exec(
        str(MUSTER), *arguments, cwd=folder, env=dict(settings), stdout=PIPE, stderr=PIPE
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()
