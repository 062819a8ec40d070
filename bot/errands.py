"""Errands: work outside the turn, done after the commit that wants it.

In: documents that are due. Out: what each errand makes of them. Forbidden here: being in a turn
while the network is used or a large file is read; holding up deadlines.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from storage.port import Due

QUEUED_LIMIT = 1_000

Work = Callable[[], Awaitable[None]]


class Errand(Protocol):
    """One kind of work."""

    async def begin(self, key: str) -> Work | None:
        """Note in a turn that the document is being worked on, so that it is not due meanwhile,
        but is again after a crash. None: there is nothing to do any more. StoreFailed: see there.
        """
        ...


class Errands:
    """Runs one errand after another, beside the watch: a slow line must not hold up deadlines.

    At QUEUED_LIMIT waiting errands a further one is looked at again when it is due again.
    """

    def __init__(self, errands: Mapping[str, Errand]) -> None:
        self._errands = errands
        self._queue: asyncio.Queue[Work] = asyncio.Queue(QUEUED_LIMIT)
        self._under_way = 0

    def concern(self, due: Due) -> bool:
        """Whether documents of this kind are errands."""
        return due.kind in self._errands

    async def want(self, due: Due) -> None:
        """The document is due: queue it. StoreFailed: see there."""
        work = await self._errands[due.kind].begin(due.key)
        if work is not None and not self._queue.full():
            self._under_way += 1
            self._queue.put_nowait(work)

    def idle(self) -> bool:
        """Nothing is being done, or waits to be."""
        return self._under_way == 0

    async def run(self) -> None:
        """Until cancelled. StoreFailed: the process must end."""
        while True:
            work = await self._queue.get()
            await work()
            self._under_way -= 1
