"""A process that commits numbered turns as fast as it can and prints each acknowledged number.

Each commit is three documents, a counter and an input id, so that a half of one would show.
"""

import asyncio
import os
import sys
from pathlib import Path

from storage.tiny import Limits, TinyStore, open_tiny
from tests.storage.samples import AT, KINDS, NOTES, Note, entry

TASKS = 16
MOST = 20_000  # turns a task; the parent kills the process long before
LIMITS = Limits(journal=20_000, padding=4_096)


async def commit(store: TinyStore) -> int:
    async with store.turn(at=AT) as turn:
        number = await turn.next_number("commits")
        turn.remember(entry(1, number))
        turn.put(NOTES, Note(author="first", n=number))
        turn.put(NOTES, Note(author="second", n=number))
    return number


async def keep_committing(store: TinyStore) -> None:
    for _ in range(MOST):
        number = await commit(store)
        os.write(1, b"%d\n" % number)


async def kept(folder: Path) -> list[int]:
    """The numbers in the folder; AssertionError when one is half there."""
    async with open_tiny(folder, KINDS, limits=LIMITS) as store, store.turn(at=AT) as turn:
        numbers = [entry.n for entry in await turn.timeline(1)]
        rows = store.memory.table(NOTES.name).rows.values()
        for author in ("first", "second"):
            assert [f"{author}/{n}" for n in numbers] == [
                row.key for row in rows if row.key.startswith(author)
            ]
        assert store.memory.counters.get("commits", 0) == len(numbers)
        return numbers


async def main(folder: Path) -> None:
    async with open_tiny(folder, KINDS, limits=LIMITS) as store:
        await asyncio.gather(*(keep_committing(store) for _ in range(TASKS)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
