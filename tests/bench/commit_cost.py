"""What a commit costs on the embedded store, against a raw append and fdatasync of the same line.

Both are measured in the same run, one after the other, since the disk's mood changes by the second.
Prints medians; the target is a flat ratio of at most 1.6.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from storage.document import Document
from storage.port import Kind
from storage.tiny import TinyStore, open_tiny

SIZES = (100, 1_000, 10_000, 100_000)
ROUNDS = 600
TASKS, TURNS_A_TASK = 32, 300
AT = datetime(2026, 1, 1, tzinfo=UTC)


class Sheet(Document):
    id: str
    state: str
    text: str


SHEETS = Kind("sheets", Sheet, key=lambda s: s.id, indexed={"state": lambda s: s.state})


def sheet(n: int, state: str = "open") -> Sheet:
    return Sheet(id=f"sheet-{n}", state=state, text="送货车辆途中故障,请派备用车接替。" * 5)


class RawFile:
    """Appends lines to a growing file, each with an fdatasync, and nothing else."""

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)

    def append(self, line: bytes) -> None:
        os.write(self._fd, line)
        os.fdatasync(self._fd)

    def close(self) -> None:
        os.close(self._fd)


async def fill(store: TinyStore, size: int) -> None:
    for start in range(0, size, 1_000):
        async with store.turn(at=AT) as turn:
            for n in range(start, min(start + 1_000, size)):
                turn.put(SHEETS, sheet(n))
    await store.snapshot()


async def turn_us(store: TinyStore, n: int, size: int) -> float:
    """One commit: an input's id and one document put."""
    document = sheet(n % size, "done")
    begun = time.perf_counter()
    async with store.turn(f"update-{n}", at=AT) as turn:
        turn.put(SHEETS, document)
    return (time.perf_counter() - begun) * 1e6


def raw_us(raw: RawFile, line: bytes) -> float:
    begun = time.perf_counter()
    raw.append(line)
    return (time.perf_counter() - begun) * 1e6


async def cost(folder: Path, size: int) -> tuple[float, float]:
    """Medians of a turn and of a raw append, in microseconds."""
    turns, raws = [], []
    raw = RawFile(folder / "raw.jsonl")
    async with open_tiny(folder / "store", [SHEETS]) as store:
        await fill(store, size)
        await turn_us(store, 0, size)
        line = (folder / "store" / "journal.jsonl").read_bytes().rstrip(b"\n").split(b"\n")[-1]
        for n in range(1, ROUNDS + 1):
            raws.append(raw_us(raw, line + b"\n"))
            turns.append(await turn_us(store, n, size))
    raw.close()
    return statistics.median(turns), statistics.median(raws)


async def throughput(folder: Path) -> float:
    """Commits a second with TASKS tasks that commit as fast as they can."""

    async def task(store: TinyStore, number: int) -> None:
        for n in range(TURNS_A_TASK):
            async with store.turn(f"{number}-{n}", at=AT) as turn:
                turn.put(SHEETS, sheet(number * TURNS_A_TASK + n))

    async with open_tiny(folder, [SHEETS]) as store:
        begun = time.perf_counter()
        await asyncio.gather(*(task(store, number) for number in range(TASKS)))
        return TASKS * TURNS_A_TASK / (time.perf_counter() - begun)


async def stall_ms(folder: Path, size: int) -> tuple[float, float]:
    """The longest the event loop was away during a snapshot, and how long the snapshot took."""
    longest = 0.0

    async def watch() -> None:
        nonlocal longest
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            longest = max(longest, now - last - 0.001)
            last = now

    async with open_tiny(folder, [SHEETS]) as store:
        await fill(store, size)
        async with store.turn(at=AT) as turn:
            turn.put(SHEETS, sheet(0))
        watching = asyncio.create_task(watch())
        await asyncio.sleep(0.01)
        begun = time.perf_counter()
        await store.snapshot()
        took = time.perf_counter() - begun
        watching.cancel()
    return longest * 1e3, took * 1e3


async def main() -> None:
    say = sys.stdout.write
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            where = folder / str(size)
            where.mkdir()
            turn, raw = await cost(where, size)
            say(
                f"{size:>7} documents: a commit {turn:6.0f} us, raw append {raw:6.0f} us, "
                f"ratio {turn / raw:.2f}\n"
            )
        say(f"{TASKS} tasks: {await throughput(folder / 'group'):,.0f} commits/s\n")
        longest, took = await stall_ms(folder / "stall", SIZES[-1])
        say(
            f"snapshot of {SIZES[-1]:,} documents: {took:.0f} ms in the background, "
            f"the loop away for {longest:.1f} ms at most\n"
        )


if __name__ == "__main__":
    asyncio.run(main())
