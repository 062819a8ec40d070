"""Errands: work outside the turn, done after the commit that wants it.

In: documents that are due. Out: what each errand makes of them. Forbidden here: being in a turn
while the network is used or a large file is read; holding up deadlines.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from bot.clock import Clock
from storage.port import Conflict, Due, Store, StoreFailed, Turn

log = logging.getLogger(__name__)

QUEUED_LIMIT = 1_000

Work = Callable[[], Awaitable[None]]


class Errand(Protocol):
    """One kind of work."""

    async def begin(self, key: str) -> Work | None:
        """Note in a turn that the document is being worked on, so that it is not due meanwhile,
        but is again after a crash. None: there is nothing to do any more. StoreFailed: see there.
        """
        ...


class InTurns:
    """For an errand: what it has found out is told in turns of their own."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def _turn(self, work: Callable[[Turn], Awaitable[None]]) -> None:
        while True:
            try:
                async with self._store.turn(at=self._clock.now()) as turn:
                    await work(turn)
                return
            except Conflict:
                continue


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
        """Until cancelled. One that fails must not stop the others: its document is due again
        later. StoreFailed: the process must end."""
        while True:
            work = await self._queue.get()
            try:
                await work()
            except StoreFailed:
                raise
            except Exception:
                log.exception("an errand could not be done")
            self._under_way -= 1
