"""The watch: looks at documents when their time has come.

In: due times from the store. Out: one awaited `take(due)` for each, earliest first. Forbidden here:
deciding; jobs of its own (the deadlines are in the documents; only one alarm is armed, for the
next); looking at any while people may have answered who could not be heard.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.line import Line
from storage.port import Commit, Due, Store, StoreFailed

log = logging.getLogger(__name__)

BATCH_LIMIT = 100
TRY_AGAIN = timedelta(seconds=10)


class Watch:
    """`run()` it as a task once all that waited at Telegram has been taken in."""

    def __init__(
        self, store: Store, clock: Clock, line: Line, take: Callable[[Due], Awaitable[None]]
    ) -> None:
        self._store = store
        self._clock = clock
        self._line = line
        self._take = take
        self._look = asyncio.Event()
        self._look.set()
        self._idle = False
        self._held: dict[tuple[str, str], datetime] = {}
        store.listen(self._on_commit)
        line.listen(self._look.set)

    def idle(self) -> bool:
        """Nothing is due now: what is left waits for time."""
        return self._idle and not self._look.is_set()

    async def run(self) -> None:
        """Until cancelled. StoreFailed: the process must end."""
        try:
            while True:
                self._idle = False
                self._look.clear()
                await self._pass()
                self._idle = True
                await self._look.wait()
        finally:
            self._clock.disarm()

    def _on_commit(self, commit: Commit) -> None:
        if commit.due_changed:
            self._look.set()

    async def _pass(self) -> None:
        """Take what is due, then arm the alarm for what is next."""
        held_until = self._line.held_until()
        if held_until is not None:
            self._clock.arm(held_until, self._look.set)
            return
        taken: set[Due] = set()
        while batch := await self._due():
            for due in batch:
                if due in taken:
                    log.error("a deadline is not moved by its handler", extra={"kind": due.kind})
                    self._hold(due)
                else:
                    taken.add(due)
                    await self._take_or_hold(due)
        next_at = await self._next_at()
        if next_at is None:
            self._clock.disarm()
        else:
            self._clock.arm(next_at, self._look.set)

    async def _due(self) -> list[Due]:
        now = self._clock.now()
        self._held = {key: until for key, until in self._held.items() if until > now}
        limit = BATCH_LIMIT + len(self._held)
        found = await self._store.due(now, limit)
        return [due for due in found if (due.kind, due.key) not in self._held]

    async def _take_or_hold(self, due: Due) -> None:
        """One that fails must not stop the others: it is tried again a little later."""
        try:
            await self._take(due)
        except StoreFailed:
            raise
        except Exception:
            log.exception("a deadline could not be handled", extra={"kind": due.kind})
            self._hold(due)

    def _hold(self, due: Due) -> None:
        self._held[due.kind, due.key] = self._clock.now() + TRY_AGAIN

    async def _next_at(self) -> datetime | None:
        earliest = await self._store.earliest_due()
        if earliest is None or not self._held:
            return earliest
        return min(self._held.values()) if earliest <= self._clock.now() else earliest
